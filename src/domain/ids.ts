import type {AssetRef, ChainId} from './caip'
import type {Address, Hash32} from './hex'
import {assertInvariant} from './invariant'
import type {TermsRef} from './licenseEvent'

/** Stored keys. Every one starts with its chain (INV-5); see the head of schema.graphql. */
export type EventKey = string

const CHAIN_DIGITS = 16
const BLOCK_DIGITS = 10
const INDEX_DIGITS = 6
const FIRST = '0'.repeat(INDEX_DIGITS)

const pad = (value: number, digits: number): string => {
  const text = String(value)
  assertInvariant(
    Number.isSafeInteger(value) && value >= 0 && text.length <= digits,
    'INV-2',
    `${value} does not fit ${digits} digits of an event key`,
  )
  return text.padStart(digits, '0')
}

/** Chain, block, log index, sub index at fixed width: text order is chain order, in JavaScript and in every SQL collation. */
export const eventKey = (chainId: ChainId, blockNumber: number, logIndex: number, subIndex: number): EventKey =>
  `${pad(chainId, CHAIN_DIGITS)}-${pad(blockNumber, BLOCK_DIGITS)}-${pad(logIndex, INDEX_DIGITS)}-${pad(subIndex, INDEX_DIGITS)}`

/** Keys of events in chain order: most share the block of the one before. */
export function createEventKeys(): typeof eventKey {
  let [chain, block, prefix] = [-1, -1, '']
  return (chainId, blockNumber, logIndex, subIndex) => {
    if (blockNumber !== block || chainId !== chain) {
      prefix = `${pad(chainId, CHAIN_DIGITS)}-${pad(blockNumber, BLOCK_DIGITS)}-`
      chain = chainId
      block = blockNumber
    }
    return `${prefix}${pad(logIndex, INDEX_DIGITS)}-${subIndex === 0 ? FIRST : pad(subIndex, INDEX_DIGITS)}`
  }
}

/** A numbered part of what an event made. */
export const partId = (key: EventKey, i: number): string => `${key}-${String(i).padStart(INDEX_DIGITS, '0')}`

/** Greatest event keys of a block and its least: bounds for range scans. */
export const firstKeyOfBlock = (chainId: ChainId, blockNumber: number): EventKey => eventKey(chainId, blockNumber, 0, 0)

export type EventPosition = Readonly<{chainId: ChainId; blockNumber: number; logIndex: number; subIndex: number}>

export function parseEventKey(key: EventKey): EventPosition {
  const match = /^(\d{16})-(\d{10})-(\d{6})-(\d{6})$/.exec(key)
  assertInvariant(match !== null, 'INV-2', `${JSON.stringify(key)} is not an event key`)
  const [chainId, blockNumber, logIndex, subIndex] = match.slice(1).map(Number) as [number, number, number, number]
  return {chainId, blockNumber, logIndex, subIndex}
}

export const blockId = (chainId: ChainId, blockNumber: number): string => `${chainId}-${pad(blockNumber, BLOCK_DIGITS)}`
export const collectionId = (chainId: ChainId, address: Address): string => `${chainId}-${address}`
/** Of any key that begins `<chainId>-`. */
export const chainOf = (key: string): ChainId => Number(key.slice(0, key.indexOf('-')))
/** The contract of a collectionId. */
export const addressOf = (collectionId: string): Address => collectionId.slice(collectionId.indexOf('-') + 1) as Address
export const assetKey = ({chainId, collection, tokenId}: AssetRef): string => `${chainId}-${collection}-${tokenId}`
export const balanceId = (asset: AssetRef, account: Address): string => `${assetKey(asset)}-${account}`
export const licenseKey = (chainId: ChainId, emitter: Address, licenseId: bigint): string => `${chainId}-${emitter}-${licenseId}`
/** Of a licence whose number an earlier life of its asset was granted too. */
export const laterLicenseKey = (firstKey: string, incarnation: number): string => `${firstKey}-${incarnation}`
/** Numbered by their template contract. */
export const licenseTermsKey = (chainId: ChainId, {template, termsId}: TermsRef): string => `${chainId}-${template}-${termsId}`
export const licenseSlotId = (chainId: ChainId, emitter: Address, slot: string): string => `${chainId}-${emitter}-${slot}`
/** The place that is the number itself: the latest licence that has it, where it was granted anew. */
export const licenseNumberSlotId = (chainId: ChainId, emitter: Address, licenseId: bigint): string =>
  licenseSlotId(chainId, emitter, `number ${licenseId}`)
export const attestationKey = (chainId: ChainId, emitter: Address, uid: Hash32): string => `${chainId}-${emitter}-${uid}`
export const tokenAccountId = (chainId: ChainId, account: Address): string => `${chainId}-${account}`
export const oracleRequestId = (chainId: ChainId, emitter: Address, requestId: bigint): string => `${chainId}-${emitter}-${requestId}`

/**
 * A number for a grant that its contract does not number, from the place of its log: no two grants of a chain have the same, and none of
 * a contract that counts its grants from 0 can be as large.
 */
export const licenseNumberAt = (blockNumber: number, logIndex: number): bigint =>
  BigInt(blockNumber) * 10n ** BigInt(2 * INDEX_DIGITS) + BigInt(logIndex) * 10n ** BigInt(INDEX_DIGITS)

/** Unverified claims live beside the real record, one set per claimant, and can never touch it. */
const claimant = (unverifiedEmitter: Address | null): string => (unverifiedEmitter ? `-${unverifiedEmitter}` : '')
export const generationId = (asset: AssetRef, promptHash: Hash32, unverifiedEmitter: Address | null): string =>
  `${assetKey(asset)}-${promptHash}${claimant(unverifiedEmitter)}`
/** Of a prompt that an earlier life of the asset had too. */
export const laterGenerationId = (asset: AssetRef, promptHash: Hash32, incarnation: number, unverifiedEmitter: Address | null): string =>
  `${assetKey(asset)}-${promptHash}-${incarnation}${claimant(unverifiedEmitter)}`
export const generationProofId = (asset: AssetRef, proofHash: Hash32, unverifiedEmitter: Address | null): string =>
  `${assetKey(asset)}-${proofHash}${claimant(unverifiedEmitter)}`
export const generationHeadId = (asset: AssetRef, unverifiedEmitter: Address | null): string =>
  `${assetKey(asset)}${claimant(unverifiedEmitter)}`

/** The asset that a stored asset key names. */
export function parseAssetKey(key: string): AssetRef {
  const match = /^(\d+)-(0x[0-9a-f]{40})-(\d+)$/.exec(key)
  assertInvariant(match !== null, 'INV-5', `${JSON.stringify(key)} is not an asset key`)
  return {chainId: Number(match[1]), collection: match[2] as Address, tokenId: BigInt(match[3] as string)}
}
