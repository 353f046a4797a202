import type {AssetNamespace} from './caip'
import type {Address, Hash32} from './hex'
import type {RoyaltyDue} from './royaltyInfo'

type Subject = Readonly<{collection: Address; tokenId: bigint}>

export type Money = Readonly<{currency: Address; amount: bigint}>
export type Tokens = Subject & Readonly<{namespace: AssetNamespace | null; amount: bigint}>

/** One side of an order: what somebody parts with. */
export type Goods = Readonly<{tokens: readonly Tokens[]; money: readonly Money[]}>

/** An order of an order book was filled: the maker gave, and had given to whom he named. Never stored as such: settleOrders makes sales of them. */
export type OrderFilled = Readonly<{
  type: 'order.filled'
  orderRef: Hash32
  maker: Address
  /** Who filled it, or who got what orders that were matched left unspent; null: nobody is told, it was matched. */
  taker: Address | null
  gives: Goods
  takes: Readonly<{
    tokens: readonly (Tokens & Readonly<{recipient: Address}>)[]
    money: readonly (Money & Readonly<{recipient: Address}>)[]
  }>
  /** What the contracts of its tokens said is due of its price; absent: nobody was asked. */
  due?: readonly RoyaltyDue[]
}>

/** Orders of the same transaction, filled before this log, that filled each other: several orders, and perhaps one trade. */
export type OrdersMatched = Readonly<{type: 'orders.matched'; orderRefs: readonly Hash32[]}>

/**
 * `priced`: for one sum in one currency. What else moves tokens through a marketplace has no price, and none is made up: `barter` tokens both
 * ways, `mixed` several currencies, `unpaid` no money, `unclear` several sellers or buyers for one sum, or nothing tells who
 * paid or got a part of it, or somebody sold to himself.
 */
export type SaleKind = 'priced' | 'barter' | 'mixed' | 'unpaid' | 'unclear'

export type SoldItem = Tokens & Readonly<{from: Address; to: Address}>

/** `isSeller`: what the seller keeps. Whether another part is a fee, a royalty or a tip, no order says. */
export type PaidPart = Money & Readonly<{recipient: Address; isSeller: boolean}>

export type SaleSettled = Readonly<{
  type: 'sale.settled'
  kind: SaleKind
  seller: Address
  buyer: Address
  items: readonly SoldItem[]
  /** Kind priced only: the sum of the parts, where they are known (INV-6). */
  price: bigint | null
  currency: Address | null
  /** Who got how much; null when the protocol does not log it. */
  parts: readonly PaidPart[] | null
  /** Hash of the order, where the marketplace has one. */
  orderRef: Hash32 | null
  /** What the contracts of its items said is due; absent: nobody was asked. */
  due?: readonly RoyaltyDue[]
  /** Every order log that this sale is told by. */
  orders: readonly Readonly<{orderRef: Hash32; maker: Address; logIndex: number}>[]
}>

/** `parts` out of 100 000 000 of a price (ROYALTY_WHOLE). */
export type RoyaltyShare = Readonly<{recipient: Address; parts: bigint}>
export const ROYALTY_WHOLE = 100_000_000n
export const PARTS_PER_BPS = ROYALTY_WHOLE / 10_000n

/** Who is due what of a sale, as a log says it. ERC-2981 itself has no log. */
export type RoyaltyTermsSet = Readonly<{
  type: 'royalty.termsSet'
  collection: Address
  /** Null: of all tokens that have no terms of their own. */
  tokenId: bigint | null
  /** Empty: these terms are taken away; a token has those of its collection again. */
  shares: readonly RoyaltyShare[]
  /** The collection's terms are told by this contract from here on, the zero address: by itself; null: nothing is said of that. */
  movedTo: Address | null
}>

export type SaleEventBody = OrderFilled | OrdersMatched | SaleSettled | RoyaltyTermsSet
