import {AbiCoder, decodeBytes32String, id} from 'ethers'
import type {Address, Hex} from '../domain/hex'
import type {Call, CallFailure, CallResult} from './ethCall'

/** What a contract says about itself by call. Evidence with the block it was read at, never canonical state. */
export type CollectionProfile = Readonly<{
  name: string | null
  symbol: string | null
  /** Why there is no name; null when there is one. */
  nameFailure: CallFailure | null
  /** By ERC-165; null when the contract does not answer it. */
  standard: 'erc721' | 'erc1155' | null
}>

const MAX_TEXT = 256
const selector = (signature: string): Hex => id(signature).slice(0, 10) as Hex
const supportsInterface = (interfaceId: string): Hex => `${selector('supportsInterface(bytes4)')}${interfaceId.slice(2).padEnd(64, '0')}`

/** name() and symbol() of ERC-721 Metadata, and the ERC-165 ids of ERC-721 and ERC-1155. */
const CALLS: readonly Hex[] = [selector('name()'), selector('symbol()'), supportsInterface('0x80ac58cd'), supportsInterface('0xd9b67a26')]

export const buildProfileCalls = (collection: Address): readonly Call[] => CALLS.map((data) => ({to: collection, data}))

/** `results` in the order of buildProfileCalls. */
export function parseProfile(results: readonly CallResult[]): CollectionProfile {
  const [name, symbol, erc721, erc1155] = results.map((result, i) =>
    result.ok ? (i < 2 ? parseText(result.data) : parseBoolean(result.data)) : null,
  )
  const first = results[0]
  return {
    name: typeof name === 'string' ? name : null,
    symbol: typeof symbol === 'string' ? symbol : null,
    nameFailure: typeof name === 'string' ? null : first && !first.ok ? first.reason : 'malformed',
    standard: erc721 === true ? 'erc721' : erc1155 === true ? 'erc1155' : null,
  }
}

/** An ABI string, or the bytes32 that early contracts answer. Cut to 256 characters; what PostgreSQL text cannot hold is replaced. */
function parseText(data: Hex): string | null {
  const text = decodeText(data)
  return text === null ? null : [...text.replaceAll('\u0000', '\uFFFD')].slice(0, MAX_TEXT).join('')
}

function decodeText(data: Hex): string | null {
  try {
    if (data.length === 66) return decodeBytes32String(data)
    // Decoded as bytes: a stranger's invalid UTF-8 becomes U+FFFD instead of an error.
    const [bytes] = AbiCoder.defaultAbiCoder().decode(['bytes'], data) as unknown as [string]
    return Buffer.from(bytes.slice(2), 'hex').toString('utf8')
  } catch {
    return null
  }
}

const parseBoolean = (data: Hex): boolean | null => (data.length === 66 ? /^0x0{63}1$/.test(data) : null)
