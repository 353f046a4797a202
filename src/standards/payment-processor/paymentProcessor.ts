import {events} from '../../abi/payment-processor'
import {events as v1} from '../../abi/payment-processor-v1'
import {buildLayout} from '../../domain/abiEvent'
import {askRoyalties} from '../../domain/askRoyalties'
import type {AssetNamespace} from '../../domain/caip'
import type {SaleSettled} from '../../domain/event'
import {parseAddress} from '../../domain/hex'
import {DecodeError, type Standard} from '../../domain/standard'

type Sold = Readonly<{
  buyer: string
  seller: string
  tokenAddress: string
  beneficiary?: string
  paymentCoin: string
  tokenId: bigint
  amount?: bigint
  salePrice: bigint
  namespace: AssetNamespace | null
}>

/** The price is logged; who got how much of it is not: fees and royalties are reckoned by calls when it is paid. */
function sale({namespace, amount = 1n, tokenId, salePrice, ...sold}: Sold): SaleSettled {
  const [seller, buyer] = [parseAddress(sold.seller), parseAddress(sold.buyer)]
  const to = parseAddress(sold.beneficiary ?? sold.buyer)
  const isPaid = salePrice > 0n
  return {
    type: 'sale.settled',
    kind: isPaid ? 'priced' : 'unpaid',
    seller,
    buyer,
    items: [{collection: parseAddress(sold.tokenAddress), tokenId, namespace, amount, from: seller, to}],
    price: isPaid ? salePrice : null,
    currency: isPaid ? parseAddress(sold.paymentCoin) : null,
    parts: null,
    orderRef: null,
    orders: [],
  }
}

type Swept = Readonly<{
  buyer: string
  tokenAddress: string
  paymentCoin: string
  unsuccessfulFills: readonly boolean[]
  tokenIds: readonly bigint[]
  amounts?: readonly bigint[]
  salePrices: readonly bigint[]
}>

/** Each token has a price of its own: as many sales as were filled. */
function sales(swept: Swept, sellerOf: (i: number) => string | undefined, namespace: AssetNamespace): readonly SaleSettled[] {
  const {unsuccessfulFills, tokenIds, amounts, salePrices, ...rest} = swept
  const lengths = new Set([unsuccessfulFills, tokenIds, salePrices, ...(amounts ? [amounts] : [])].map((list) => list.length))
  if (lengths.size !== 1) throw new DecodeError('malformed', 'the lists of a sweep differ in length')
  return tokenIds.flatMap((tokenId, i) => {
    const seller = sellerOf(i)
    if (seller === undefined) throw new DecodeError('malformed', 'a sweep names fewer sellers than tokens')
    if (unsuccessfulFills[i]) return []
    return [sale({...rest, tokenId, seller, amount: amounts?.[i] ?? 1n, salePrice: salePrices[i] as bigint, namespace})]
  })
}

/** Its addresses are not the same everywhere: an operator lists those that he trusts. */
export const paymentProcessor: Standard = {
  name: 'payment-processor',
  title: 'Limit Break Payment Processor 1 and 2',
  source: 'https://github.com/limitbreakinc/payment-processor-v2',
  layouts: [
    buildLayout(events.BuyListingERC721, (log) => [sale({...log, namespace: 'erc721'})]),
    buildLayout(events.BuyListingERC1155, (log) => [sale({...log, namespace: 'erc1155'})]),
    buildLayout(events.AcceptOfferERC721, (log) => [sale({...log, namespace: 'erc721'})]),
    buildLayout(events.AcceptOfferERC1155, (log) => [sale({...log, namespace: 'erc1155'})]),
    buildLayout(v1.BuySingleListing, (log) => [sale({...log, namespace: null})]),
    buildLayout(v1.BuyBundledListingERC721, (log) => sales(log, () => log.seller, 'erc721')),
    buildLayout(v1.BuyBundledListingERC1155, (log) => sales(log, () => log.seller, 'erc1155')),
    buildLayout(v1.SweepCollectionERC721, (log) => sales(log, (i) => log.sellers[i], 'erc721')),
    buildLayout(v1.SweepCollectionERC1155, (log) => sales(log, (i) => log.sellers[i], 'erc1155')),
  ].map(askRoyalties),
}
