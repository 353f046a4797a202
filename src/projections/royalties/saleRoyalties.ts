import {classifyParts} from '../../domain/classifyParts'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, eventKey} from '../../domain/ids'
import type {Snapshot} from '../../domain/projection'
import type {Roles} from '../../domain/role'
import {dueFor} from '../../domain/royaltyTerms'
import type {RoyaltyPaymentRow} from '../../domain/rows'
import type {SoldItem} from '../../domain/saleEvents'

type Sale = EventOf<'sale.settled'>
type Royalty = Readonly<{recipient: string; currency: string; amount: bigint}>

/** Rows that the royalties of one sale are written out to; what would be more goes to the first item (INV-8). */
const MAX_ROWS = 1_000

/**
 * The royalties among the parts of a sale, one row for each recipient and item, after the sale's own place. A bundle has one price: what each
 * item bears of it is an equal share, said to be an estimate, and the shares add up (INV-6).
 */
export function saleRoyalties(sale: Sale, roles: Roles, {get}: Snapshot): readonly RoyaltyPaymentRow[] {
  const due = dueFor(sale, get)
  const royalties = sumByRecipient(classifyParts(sale, roles, due).filter(({part}) => part === 'royalty'))
  const isMany = royalties.length * sale.items.length > MAX_ROWS
  const shares = royalties.flatMap((royalty) => {
    const items = due.get(royalty.recipient) ?? sale.items
    const bearers = isMany ? items.slice(0, 1) : items
    return bearers.map((item, i): Share => ({royalty, item, i, of: bearers.length}))
  })
  return shares.map((share, n) => rowOf(sale, share, n))
}

function sumByRecipient(parts: readonly Royalty[]): readonly Royalty[] {
  const sums = new Map<string, Royalty>()
  for (const {recipient, currency, amount} of parts) {
    const key = `${recipient} ${currency}`
    sums.set(key, {recipient, currency, amount: amount + (sums.get(key)?.amount ?? 0n)})
  }
  return [...sums.values()]
}

/** Of n equal shares the first have one unit more. */
const shareOf = (amount: bigint, i: number, n: number): bigint => amount / BigInt(n) + (BigInt(i) < amount % BigInt(n) ? 1n : 0n)

/** The i-th `of` items that bear a royalty. */
type Share = Readonly<{royalty: Royalty; item: SoldItem; i: number; of: number}>

function rowOf(sale: Sale, {royalty, item, i, of}: Share, n: number): RoyaltyPaymentRow {
  const {chainId, blockNumber, logIndex, subIndex} = sale.ref
  return {
    ...factColumns(sale.ref),
    id: eventKey(chainId, blockNumber, logIndex, subIndex + 1 + n),
    emitter: sale.emitter,
    standard: sale.standard,
    authority: sale.authority,
    collectionId: collectionId(chainId, item.collection),
    assetId: assetKey({chainId, collection: item.collection, tokenId: item.tokenId}),
    tokenId: item.tokenId,
    payer: sale.buyer,
    recipient: royalty.recipient,
    currency: royalty.currency,
    gross: null,
    amount: shareOf(royalty.amount, i, of),
    basis: sale.price === null ? null : shareOf(sale.price, sale.items.indexOf(item), sale.items.length),
    kind: 0,
    licenseRef: null,
    saleRef: sale.orderRef,
    saleId: sale.ref.key,
    isEstimate: sale.items.length > 1,
  }
}
