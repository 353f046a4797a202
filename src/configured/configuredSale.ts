import type {Address, Hash32} from '../domain/hex'
import type {SaleSettled} from '../domain/saleEvents'

/** What a mapping to sale.settled fills, one sale of one id. */
type FlatSale = Readonly<{
  collection: Address
  tokenId: bigint
  amount: bigint
  seller: Address
  buyer: Address
  price: bigint
  currency: Address
  orderRef: Hash32 | null
}>

/** Own shapes tell the price and not who got how much of it. */
export const configuredSale = ({collection, tokenId, amount, seller, buyer, price, currency, orderRef}: FlatSale): SaleSettled => ({
  type: 'sale.settled',
  kind: price === 0n ? 'unpaid' : 'priced',
  seller,
  buyer,
  items: [{collection, tokenId, amount, namespace: null, from: seller, to: buyer}],
  price: price === 0n ? null : price,
  currency: price === 0n ? null : currency,
  parts: null,
  orderRef,
  orders: [],
})
