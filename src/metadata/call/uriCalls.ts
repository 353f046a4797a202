import {id} from 'ethers'
import {type Address, formatWord, type Hex} from '../../domain/hex'
import type {Call, CallFailure, CallResult} from '../ethCall'

/** Why there is no URI: the contract's doing. */
export type UriFailure = CallFailure | 'no_uri'
export type UriResult = Readonly<{ok: true; uri: string; fillsId: boolean}> | Readonly<{ok: false; reason: UriFailure}>

/** What to ask: a token's document, or with `tokenId` null the contract's own. */
export type UriQuestion = Readonly<{address: Address; tokenId: bigint | null; standard: 'erc721' | 'erc1155' | null}>

type UriFunction = 'tokenURI' | 'uri' | 'contractURI'
const SELECTORS: Readonly<Record<UriFunction, string>> = {
  tokenURI: id('tokenURI(uint256)').slice(0, 10),
  uri: id('uri(uint256)').slice(0, 10),
  contractURI: id('contractURI()').slice(0, 10),
}

/** ERC-721 Metadata, ERC-1155 Metadata URI, ERC-7572. In the order in which they are tried: contracts of either standard have the other's function. */
export const functionsOf = ({tokenId, standard}: UriQuestion): readonly UriFunction[] =>
  tokenId === null ? ['contractURI'] : standard === 'erc1155' ? ['uri', 'tokenURI'] : ['tokenURI', 'uri']

export const buildUriCall = ({address, tokenId}: UriQuestion, name: UriFunction): Call => ({
  to: address,
  data: `${SELECTORS[name]}${tokenId === null ? '' : formatWord(tokenId)}` as Hex,
})

export function parseUri(result: CallResult, name: UriFunction, tokenId: bigint | null): UriResult {
  if (!result.ok) return result
  const text = decodeText(result.data)
  if (text === null) return {ok: false, reason: 'malformed'}
  return completeUri(text, name === 'uri' ? tokenId : null)
}

/** `tokenId` null: not an ERC-1155 URI, in which `{id}` means nothing. */
export function completeUri(text: string, tokenId: bigint | null): UriResult {
  const uri = text.trim()
  if (uri === '') return {ok: false, reason: 'no_uri'}
  return tokenId === null ? {ok: true, uri, fillsId: false} : {ok: true, uri: fillId(uri, tokenId), fillsId: true}
}

/** ERC-1155 Metadata: lower-case hex, 64 digits, no 0x; in the URI and in every text of the JSON. */
export const fillId = (text: string, tokenId: bigint): string => text.replaceAll('{id}', formatWord(tokenId))

const WORD = 64

/**
 * An ABI string: where it begins, its length, its bytes, which need not be padded. Read as bytes: a stranger's invalid UTF-8 becomes U+FFFD instead
 * of an error, and so does NUL, which PostgreSQL cannot hold.
 */
function decodeText(data: Hex): string | null {
  const hex = data.slice(2)
  const offset = readLength(hex, 0)
  const length = offset === null ? null : readLength(hex, offset * 2)
  if (offset === null || length === null) return null
  const start = offset * 2 + WORD
  if (start + length * 2 > hex.length) return null
  return Buffer.from(hex.slice(start, start + length * 2), 'hex')
    .toString('utf8')
    .replaceAll('\0', '\uFFFD')
}

/** A word that is less than 2^40; null for others, and past the end. */
function readLength(hex: string, at: number): number | null {
  const word = hex.slice(at, at + WORD)
  return word.length === WORD && /^0{54}/.test(word) ? Number.parseInt(word.slice(54), 16) : null
}
