import {events} from '../../abi/seaport'
import {buildAskingLayout, buildLayout} from '../../domain/abiEvent'
import type {AssetNamespace} from '../../domain/caip'
import {type Address, type Hash32, parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {readRoyalties, royaltyQuestions} from '../../domain/royaltyInfo'
import type {Money, OrderFilled, Tokens} from '../../domain/saleEvents'
import {DecodeError, type Standard} from '../../domain/standard'

type LoggedItem = Readonly<{itemType: number; token: string; identifier: bigint; amount: bigint}>

/** ItemType of Seaport. 4 and 5 (by criteria) are resolved before the log is written. */
const NAMESPACES: Readonly<Record<number, AssetNamespace>> = {2: 'erc721', 3: 'erc1155'}

/** Seaport 1.1 to 1.6, at one address each on every chain (Seaport's README, "Deployments by EVM chain"). */
const DEPLOYMENTS = [
  '0x00000000006c3852cbef3e08e8df289169ede581',
  '0x00000000000006c7676171937c444f6bde3d6282',
  '0x0000000000000ad24e80fd803c6ac37206a45f15',
  '0x00000000000001ad428e4906ae43d8f9852d0dd6',
  '0x00000000000000adc04c56bf30ac9d3c0aaf14dc',
  '0x0000000000000068f116a894984e2db1123eb395',
] as const

/**
 * What an order gave and took, as logged: amounts are already those of this fill. Which orders make one trade, who of the two sold, and what is
 * only an echo of the other side is found over the whole transaction (settleOrders). Orders without a token are no sale of one.
 */
export const seaport: Standard = {
  name: 'seaport',
  title: 'Seaport 1.1 to 1.6',
  source: 'https://docs.opensea.io/docs/seaport',
  deployments: DEPLOYMENTS.map((address) => ({address: address as Address, chains: '*'})),
  layouts: [
    {
      ...buildAskingLayout(events.OrderFulfilled, {
        asks: (parameters) => royaltyQuestions(...soldFor(goodsOf(parameters))),
        decode: (parameters, _, answers) => {
          const goods = goodsOf(parameters)
          if (goods.gives.tokens.length + goods.takes.tokens.length === 0) return []
          const taker = parseAddress(parameters.recipient)
          const due = readRoyalties(...soldFor(goods), answers)
          return [
            {
              type: 'order.filled',
              orderRef: parameters.orderHash as Hash32,
              maker: parseAddress(parameters.offerer),
              // match* of Seaport 1.1 names nobody.
              taker: taker === ZERO_ADDRESS ? null : taker,
              ...goods,
              ...(due.length > 0 ? {due} : {}),
            },
          ]
        },
      }),
      asksRoyalties: true,
    },
    buildLayout(events.OrdersMatched, ({orderHashes}) => [{type: 'orders.matched', orderRefs: orderHashes as Hash32[]}]),
  ],
}

type Logged = Readonly<{offer: readonly LoggedItem[]; consideration: readonly (LoggedItem & Readonly<{recipient: string}>)[]}>

function goodsOf({offer, consideration}: Logged): Pick<OrderFilled, 'gives' | 'takes'> {
  const takes = consideration.map((item) => ({item, recipient: parseAddress(item.recipient)}))
  return {
    gives: {tokens: offer.flatMap(tokensOf), money: offer.flatMap(moneyOf)},
    takes: {
      tokens: takes.flatMap(({item, recipient}) => tokensOf(item).map((token) => ({...token, recipient}))),
      money: takes.flatMap(({item, recipient}) => moneyOf(item).map((money) => ({...money, recipient}))),
    },
  }
}

/** A bid is for what it offers, a listing for all that it asks for. Tokens for tokens have no price. */
function soldFor({gives, takes}: Pick<OrderFilled, 'gives' | 'takes'>): readonly [tokens: readonly Tokens[], price: bigint] {
  const sum = (money: readonly Money[]): bigint => money.reduce((total, {amount}) => total + amount, 0n)
  if (gives.tokens.length > 0) return gives.money.length > 0 ? [[], 0n] : [gives.tokens, sum(takes.money)]
  return [takes.tokens, sum(gives.money)]
}

function tokensOf({itemType, token, identifier, amount}: LoggedItem): readonly Tokens[] {
  if (itemType > 3) throw new DecodeError('out_of_range', `item type ${itemType} is in no log of Seaport`)
  const namespace = NAMESPACES[itemType]
  return namespace ? [{collection: parseAddress(token), tokenId: identifier, namespace, amount}] : []
}

const moneyOf = ({itemType, token, amount}: LoggedItem): readonly Money[] =>
  itemType < 2 ? [{currency: itemType === 0 ? ZERO_ADDRESS : parseAddress(token), amount}] : []
