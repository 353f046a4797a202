import {invalid} from './invalid'

declare const brand: unique symbol
type Branded<T, B extends string> = T & {readonly [brand]: B}

/** Lower-case 0x-prefixed bytes of any length. */
export type Hex = `0x${string}`
/** 20 bytes, lower-case. Checksummed (EIP-55) only where a person reads it. */
export type Address = Branded<Hex, 'Address'>
/** 32 bytes, lower-case. */
export type Hash32 = Branded<Hex, 'Hash32'>

/** The zero address: mint and burn counterparty, and the native coin as a currency. */
export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000' as Address
export const ZERO_HASH = `0x${'0'.repeat(64)}` as Hash32

/** A uint256 as the ABI and ERC-1155's `{id}` write it: 64 hex digits, without 0x. */
export const formatWord = (value: bigint): string => value.toString(16).padStart(64, '0')

const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const HASH = /^0x[0-9a-fA-F]{64}$/

export const isAddress = (text: string): boolean => ADDRESS.test(text)

/** @throws InvalidInput when `text` is not 20 hex bytes; the checksum is not looked at. */
export function parseAddress(text: string): Address {
  if (!ADDRESS.test(text)) throw invalid('address', text, '0x and 40 hex digits')
  return text.toLowerCase() as Address
}

/** @throws InvalidInput when `text` is not 32 hex bytes. */
export function parseHash32(text: string): Hash32 {
  if (!HASH.test(text)) throw invalid('hash', text, '0x and 64 hex digits')
  return text.toLowerCase() as Hash32
}
