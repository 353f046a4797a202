import {classifyParts} from '../../domain/classifyParts'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, eventKey} from '../../domain/ids'
import type {Role, Roles} from '../../domain/role'
import type {RoyaltyPaymentRow} from '../../domain/rows'
import type {SoldItem} from '../../domain/saleEvents'

type Sale = EventOf<'sale.settled'>
type Royalty = Readonly<{recipient: string; currency: string; amount: bigint; role: Role | null}>

/** Rows that the royalties of one sale are written out to; what would be more goes to the first item (INV-8). */
const MAX_ROWS = 1_000

/**
 * The royalties among the parts of a sale, one row for each recipient and item, after the sale's own place. A bundle has one price: what each
 * item bears of it is an equal share, said to be an estimate, and the shares add up (INV-6).
 */
export function saleRoyalties(sale: Sale, roles: Roles): readonly RoyaltyPaymentRow[] {
  const royalties = sumByRecipient(classifyParts(sale, roles).filter(({part}) => part === 'royalty'))
  const [first] = sale.items
  const items = royalties.length * sale.items.length <= MAX_ROWS ? sale.items : first ? [first] : []
  return royalties.flatMap((royalty) => items.map((item, i) => ({royalty, item, i}))).map((share, n) => rowOf(sale, share, items.length, n))
}

function sumByRecipient(parts: readonly Royalty[]): readonly Royalty[] {
  const sums = new Map<string, Royalty>()
  for (const {recipient, currency, amount, role} of parts) {
    const key = `${recipient} ${currency}`
    sums.set(key, {recipient, currency, role, amount: amount + (sums.get(key)?.amount ?? 0n)})
  }
  return [...sums.values()]
}

/** Of n equal shares the first have one unit more. */
const shareOf = (amount: bigint, i: number, n: number): bigint => amount / BigInt(n) + (BigInt(i) < amount % BigInt(n) ? 1n : 0n)

type Share = Readonly<{royalty: Royalty; item: SoldItem; i: number}>

function rowOf(sale: Sale, {royalty, item, i}: Share, shares: number, n: number): RoyaltyPaymentRow {
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
    amount: shareOf(royalty.amount, i, shares),
    basis: sale.price === null ? null : shareOf(sale.price, i, shares),
    kind: 0,
    licenseRef: null,
    saleRef: sale.orderRef,
    saleId: sale.ref.key,
    isEstimate: sale.items.length > 1,
    role: royalty.role,
  }
}
