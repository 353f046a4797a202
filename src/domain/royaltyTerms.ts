import type {EventOf} from './event'
import type {Address} from './hex'
import {collectionId} from './ids'
import type {RowKey, Snapshot} from './projection'
import type {RoyaltyShare, SoldItem} from './saleEvents'

type Sale = EventOf<'sale.settled'>

/** Terms of a contract's tokens, or of one of them; keyed as collections and assets are. */
export const royaltyTermsId = (chainId: number, contract: Address | string, tokenId: bigint | null): string =>
  tokenId === null ? collectionId(chainId, contract as Address) : `${collectionId(chainId, contract as Address)}-${tokenId}`

/** Stored as text: `0x…:500,0x…:250`, out of 10 000. */
export const formatShares = (shares: readonly RoyaltyShare[] | null): string | null =>
  shares && shares.map(({recipient, bps}) => `${recipient}:${bps}`).join(',')
export const parseShares = (text: string | null): readonly RoyaltyShare[] =>
  text ? text.split(',').map((share) => ({recipient: share.slice(0, 42) as Address, bps: BigInt(share.slice(43))})) : []

/** Items whose terms are looked up; a larger bundle has its parts unclassified (INV-8). */
const MAX_ITEMS = 100
const looked = ({items, parts}: Sale): readonly SoldItem[] => (parts === null || items.length > MAX_ITEMS ? [] : items)

type Get = Snapshot['get']

/**
 * The rows that tell the terms of a sale's items. Where a collection sends to another contract, only what that says of all tokens counts: which
 * rows else would be needed could not be told from a batch that also holds the sending (INV-1).
 */
export function* termsReads(sale: Sale, known: Snapshot): Generator<RowKey> {
  const {chainId} = sale.ref
  for (const {collection, tokenId} of looked(sale)) {
    const id = royaltyTermsId(chainId, collection, null)
    yield {table: 'RoyaltyTerms', id}
    yield {table: 'RoyaltyTerms', id: royaltyTermsId(chainId, collection, tokenId)}
    const movedTo = known.get('RoyaltyTerms', id)?.movedTo
    if (movedTo) yield {table: 'RoyaltyTerms', id: royaltyTermsId(chainId, movedTo, null)}
  }
}

/** What logs have said that is due for an item: of the token, else of all of them; where the collection is sent elsewhere, there. */
function termsOf(chainId: number, {collection, tokenId}: SoldItem, get: Get): readonly RoyaltyShare[] {
  const all = get('RoyaltyTerms', royaltyTermsId(chainId, collection, null))
  if (all?.movedTo) return parseShares(get('RoyaltyTerms', royaltyTermsId(chainId, all.movedTo, null))?.shares ?? null)
  return parseShares(get('RoyaltyTerms', royaltyTermsId(chainId, collection, tokenId))?.shares ?? all?.shares ?? null)
}

/** Who is due a royalty for which of a sale's items. */
export function dueFor(sale: Sale, get: Get): ReadonlyMap<string, readonly SoldItem[]> {
  const due = new Map<string, SoldItem[]>()
  for (const item of looked(sale))
    for (const recipient of new Set(termsOf(sale.ref.chainId, item, get).map((share) => share.recipient))) {
      const items = due.get(recipient)
      if (items) items.push(item)
      else due.set(recipient, [item])
    }
  return due
}
