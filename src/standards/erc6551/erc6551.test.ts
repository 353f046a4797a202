import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../domain/tokenAccount'
import {MAX_UINT256} from '../../domain/uint256'
import {erc6551} from './erc6551'

const CREATED =
  'ERC6551AccountCreated(address account, address indexed implementation, bytes32 salt, uint256 chainId, address indexed tokenContract, uint256 indexed tokenId)'
const [implementation, nft] = [address(0x1), address(0xa7)]
const made = {registry: ERC6551_REGISTRY, implementation, salt: hash(9), chainId: 137n, collection: nft, tokenId: MAX_UINT256}
const decode = (account: string, registry = ERC6551_REGISTRY) =>
  decodeBy(erc6551, encodeLog(CREATED, [account, implementation, hash(9), 137, nft, MAX_UINT256], {address: registry}))

it('an account whose address is derived from its token proves itself; any other is a claim', () => {
  const account = tokenAccountAddress(made)
  const bound = {
    type: 'account.bound',
    collection: nft,
    tokenId: MAX_UINT256,
    tokenChainId: 137n,
    implementation,
  }
  expect(decode(account)).toEqual([{...bound, account, proven: true}])
  expect(decode(address(0xbad))).toEqual([{...bound, account: address(0xbad), proven: false}])
  expect(decode(account, address(0x5))).toEqual([{...bound, account, proven: false}])
})
