import {AbiCoder} from 'ethers/abi'
import {getCreate2Address} from 'ethers/address'
import {keccak256} from 'ethers/crypto'
import {concat} from 'ethers/utils'
import {type Address, type Hash32, parseAddress, ZERO_HASH} from './hex'

/** What an account is made of (ERC-6551). */
export type TokenAccount = Readonly<{
  registry: Address
  implementation: Address
  salt: Hash32
  chainId: bigint
  collection: Address
  tokenId: bigint
}>

/** The registry of the standard, at one address on every chain. */
export const ERC6551_REGISTRY = parseAddress('0x000000006551c19487814612e58FE06813775758')
export const NO_SALT = ZERO_HASH

/** Code of an ERC-1167 proxy with what follows it: ERC-6551, "Registry". */
const BEFORE_IMPLEMENTATION = '0x3d60ad80600a3d3981f3363d3d373d3d3d363d73'
const AFTER_IMPLEMENTATION = '0x5af43d82803e903d91602b57fd5bf3'

/**
 * The address that such an account has, whether it exists or not. Nothing else can ever have it: who logs an account by its right address
 * says the truth about its token.
 */
export function tokenAccountAddress({registry, implementation, salt, chainId, collection, tokenId}: TokenAccount): Address {
  const context = AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256', 'address', 'uint256'], [salt, chainId, collection, tokenId])
  const code = concat([BEFORE_IMPLEMENTATION, implementation, AFTER_IMPLEMENTATION, context])
  return parseAddress(getCreate2Address(registry, salt, keccak256(code)))
}
