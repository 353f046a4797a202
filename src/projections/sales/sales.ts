import {type Change, insert} from '../../domain/change'
import {type ClassifiedPart, classifyParts} from '../../domain/classifyParts'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, partId} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {Roles} from '../../domain/role'
import type {SaleItemRow, SaleOrderRow, SalePaymentRow, SaleRow} from '../../domain/rows'
import type {SoldItem} from '../../domain/saleEvents'

type Sale = EventOf<'sale.settled'>
type Order = Sale['orders'][number]

/** A sale is one fact; what it moved, who got how much, and the orders that tell it are its parts. */
export const createSales = (roles: Roles): Projection => ({
  name: 'sales',
  owns: ['Sale', 'SaleItem', 'SalePayment', 'SaleOrder'],
  handles: ['sale.settled'],
  reads: () => [],
  apply: (event) => (event.type === 'sale.settled' ? changesOf(event, roles) : []),
})

const changesOf = (sale: Sale, roles: Roles): readonly Change[] => [
  insert('Sale', saleOf(sale)),
  ...sale.items.map((item, i) => insert('SaleItem', itemOf(sale, item, i))),
  ...classifyParts(sale, roles).map((part, i) => insert('SalePayment', paymentOf(sale, part, i))),
  ...sale.orders.map((order, i) => insert('SaleOrder', orderOf(sale, order, i))),
]

const saleOf = (sale: Sale): SaleRow => ({
  ...factColumns(sale.ref),
  transactionFrom: sale.ref.transactionFrom,
  emitter: sale.emitter,
  standard: sale.standard,
  authority: sale.authority,
  kind: sale.kind,
  seller: sale.seller,
  buyer: sale.buyer,
  price: sale.price,
  currency: sale.currency,
  itemCount: sale.items.length,
  partsKnown: sale.parts !== null,
  orderRef: sale.orderRef,
})

const partColumns = ({ref}: Sale, i: number) => ({id: partId(ref.key, i), chainId: BigInt(ref.chainId), saleId: ref.key})

function itemOf(sale: Sale, {collection, tokenId, amount, from, to}: SoldItem, i: number): SaleItemRow {
  const {chainId} = sale.ref
  return {
    ...partColumns(sale, i),
    collectionId: collectionId(chainId, collection),
    assetId: assetKey({chainId, collection, tokenId}),
    tokenId,
    amount,
    from,
    to,
  }
}

const paymentOf = (sale: Sale, {recipient, currency, amount, part, evidence, role}: ClassifiedPart, i: number): SalePaymentRow => ({
  ...partColumns(sale, i),
  recipient,
  currency,
  amount,
  part,
  evidence,
  role,
})

const orderOf = (sale: Sale, {orderRef, maker, logIndex}: Order, i: number): SaleOrderRow => ({
  ...partColumns(sale, i),
  orderRef,
  maker,
  orderLogIndex: logIndex,
})
