import {MaxUint256, ZeroAddress, ZeroHash} from 'ethers'
import {type Contract, type createDeployer, packaged} from './realContracts'

/** Who takes part, and who is sent what a match leaves unspent. */
type Parties = Readonly<{bidder: string; sellers: readonly [string, string]; matcher: string; payee: string}>
type Deployer = ReturnType<typeof createDeployer>

const money = (amount: bigint) => ({
  ...{itemType: 0, token: ZeroAddress, identifierOrCriteria: 0},
  ...{startAmount: amount, endAmount: amount},
})
const token = ({address}: Contract, id: number) => ({
  ...{itemType: 2, token: address, identifierOrCriteria: id},
  ...{startAmount: 1, endAmount: 1},
})
/** Any two of the collection. */
const anyTwo = ({address}: Contract) => ({...{itemType: 4, token: address, identifierOrCriteria: 0}, ...{startAmount: 2, endAmount: 2}})

/** Order type 1 may be filled by parts. */
const order = (offerer: string, offer: object, asked: object, orderType = 0) => ({
  ...{offerer, offer: [offer], consideration: [{...asked, recipient: offerer}]},
  ...{zone: ZeroAddress, zoneHash: ZeroHash, conduitKey: ZeroHash, startTime: 0, endTime: MaxUint256},
  ...{orderType, salt: 1, totalOriginalConsiderationItems: 1},
})
const filled = (parameters: object, denominator = 1) => ({parameters, numerator: 1, denominator, signature: '0x', extraData: '0x'})
/** Order `from` gives what order `to` asks for. */
const pays = (from: number, to: number) => ({
  offerComponents: [{orderIndex: from, itemIndex: 0}],
  considerationComponents: [{orderIndex: to, itemIndex: 0}],
})
const chosen = (orderIndex: number, identifier: number) => ({orderIndex, side: 1, index: 0, identifier, criteriaProof: []})

/**
 * Two matches of Seaport 1.6. In the first a bid for any two tokens at twice the price is filled twice, half by half, with 7 and 9 of two sellers.
 * In the second a bid of the price takes 11, for which its seller asks four fifths.
 */
export async function matchOrders({deploy, call}: Deployer, seaport: Contract, price: bigint, parties: Parties): Promise<Contract> {
  const {bidder, matcher, payee, sellers} = parties
  const works = await deploy(packaged('TestERC721'))
  const mint = (to: string, id: number) => [works, 'mint', [to, id]] as const
  const approve = (from: string) => [works, 'setApprovalForAll', [seaport.address, true], {from}] as const
  await call(mint(sellers[0], 7), mint(sellers[1], 9), mint(sellers[0], 11), ...sellers.map(approve))
  const anyBid = order(bidder, money(2n * price), anyTwo(works), 1)
  const bid = order(bidder, money(price), token(works, 11))
  const [seven, nine] = [order(sellers[0], token(works, 7), money(price)), order(sellers[1], token(works, 9), money(price))]
  const eleven = order(sellers[0], token(works, 11), money((price * 4n) / 5n))
  const validate = (from: string, ...orders: readonly object[]) =>
    [seaport, 'validate', [orders.map((parameters) => ({parameters, signature: '0x'}))], {from}] as const
  await call(validate(bidder, anyBid, bid), validate(sellers[0], seven, eleven), validate(sellers[1], nine))
  const match = (paid: bigint, ...values: readonly unknown[]) =>
    [seaport, 'matchAdvancedOrders', [...values, payee], {from: matcher, value: `0x${paid.toString(16)}`}] as const
  const halves = [filled(anyBid, 2), filled(seven), filled(anyBid, 2), filled(nine)]
  await call(match(2n * price, halves, [chosen(0, 7), chosen(2, 9)], [pays(0, 1), pays(1, 0), pays(2, 3), pays(3, 2)]))
  await call(match(price, [filled(bid), filled(eleven)], [], [pays(0, 1), pays(1, 0)]))
  return works
}
