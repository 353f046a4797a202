import {classifyParts} from '../../domain/classifyParts'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, eventKey, partId} from '../../domain/ids'
import type {Role, Roles} from '../../domain/role'
import type {RoyaltyDueRow, RoyaltyPaymentRow} from '../../domain/rows'
import {shareOf} from '../../domain/royaltyInfo'
import type {SoldItem} from '../../domain/saleEvents'

type Sale = EventOf<'sale.settled'>
type Royalty = Readonly<{recipient: string; currency: string; amount: bigint; role: Role | null}>

/** Rows that the royalties of one sale are written out to; what would be more goes to the first item (INV-8). */
const MAX_ROWS = 1_000

/**
 * The royalties among the parts of a sale, one row for each recipient and item, after the sale's own place. A bundle has one price: what each
 * item bears of it is an equal share, said to be an estimate, and the shares add up (INV-6). Where the contracts of some items name the
 * recipient (ERC-2981), those bear it.
 */
export function saleRoyalties(sale: Sale, roles: Roles): readonly RoyaltyPaymentRow[] {
  const royalties = sumByRecipient(classifyParts(sale, roles).filter(({part}) => part === 'royalty'))
  const [first] = sale.items
  const items = royalties.length * sale.items.length <= MAX_ROWS ? sale.items : first ? [first] : []
  const shares = royalties.flatMap((royalty): readonly Share[] => {
    const due = items.filter((item) => namesFor(sale, item, royalty.recipient))
    const bearing = due.length > 0 ? due : items
    return bearing.map((item, i) => ({
      ...{royalty, item, amount: shareOf(royalty.amount, i, bearing.length)},
      basis: sale.price === null ? null : shareOf(sale.price, items.indexOf(item), items.length),
    }))
  })
  return shares.map((share, n) => rowOf(sale, share, n))
}

const namesFor = ({due = []}: Sale, {collection, tokenId}: SoldItem, recipient: string): boolean =>
  due.some((said) => said.due?.recipient === recipient && said.collection === collection && said.tokenId === tokenId)

function sumByRecipient(parts: readonly Royalty[]): readonly Royalty[] {
  const sums = new Map<string, Royalty>()
  for (const {recipient, currency, amount, role} of parts) {
    const key = `${recipient} ${currency}`
    sums.set(key, {recipient, currency, role, amount: amount + (sums.get(key)?.amount ?? 0n)})
  }
  return [...sums.values()]
}

/** What the contracts said is due of the sale: kept beside what was paid. */
export const dueRows = ({ref, due = []}: Sale): readonly RoyaltyDueRow[] =>
  due.map((said, i) => ({
    id: partId(ref.key, i),
    chainId: BigInt(ref.chainId),
    saleId: ref.key,
    assetId: assetKey({chainId: ref.chainId, collection: said.collection, tokenId: said.tokenId}),
    basis: said.basis,
    recipient: said.due?.recipient ?? null,
    amount: said.due?.amount ?? null,
    parentRecipient: said.before?.recipient ?? null,
    parentAmount: said.before?.amount ?? null,
    source: said.source,
  }))

type Share = Readonly<{royalty: Royalty; item: SoldItem; amount: bigint; basis: bigint | null}>

function rowOf(sale: Sale, {royalty, item, amount, basis}: Share, n: number): RoyaltyPaymentRow {
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
    amount,
    basis,
    kind: 0,
    licenseRef: null,
    saleRef: sale.orderRef,
    saleId: sale.ref.key,
    isEstimate: sale.items.length > 1,
    role: royalty.role,
  }
}
