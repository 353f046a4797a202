import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    BuySingleListing: event("0x7ed668b30822ae5c7db7b4a32f84e6645250bb6db0d1fc73eeb484c5b34b1d1b", "BuySingleListing(address,address,address,address,address,uint256,uint256,uint256)", {"marketplace": indexed(p.address), "tokenAddress": indexed(p.address), "paymentCoin": indexed(p.address), "buyer": p.address, "seller": p.address, "tokenId": p.uint256, "amount": p.uint256, "salePrice": p.uint256}),
    BuyBundledListingERC721: event("0xf5960c81abf2cbc811a3b86b2b2c0338bfd5c47ad8815c941f9d59665a8d458b", "BuyBundledListingERC721(address,address,address,address,address,bool[],uint256[],uint256[])", {"marketplace": indexed(p.address), "tokenAddress": indexed(p.address), "paymentCoin": indexed(p.address), "buyer": p.address, "seller": p.address, "unsuccessfulFills": p.array(p.bool), "tokenIds": p.array(p.uint256), "salePrices": p.array(p.uint256)}),
    BuyBundledListingERC1155: event("0x4b761d38cae19a364a5d44d2c4a5cdd41113f9e4d64ae2e21b766d072705b931", "BuyBundledListingERC1155(address,address,address,address,address,bool[],uint256[],uint256[],uint256[])", {"marketplace": indexed(p.address), "tokenAddress": indexed(p.address), "paymentCoin": indexed(p.address), "buyer": p.address, "seller": p.address, "unsuccessfulFills": p.array(p.bool), "tokenIds": p.array(p.uint256), "amounts": p.array(p.uint256), "salePrices": p.array(p.uint256)}),
    SweepCollectionERC721: event("0x8435e05433e0d3a3fe612b10c36f6623deec79239f76721a154687fef0ca46a1", "SweepCollectionERC721(address,address,address,address,bool[],address[],uint256[],uint256[])", {"marketplace": indexed(p.address), "tokenAddress": indexed(p.address), "paymentCoin": indexed(p.address), "buyer": p.address, "unsuccessfulFills": p.array(p.bool), "sellers": p.array(p.address), "tokenIds": p.array(p.uint256), "salePrices": p.array(p.uint256)}),
    SweepCollectionERC1155: event("0x35cd37c73a78d0322074e1324a7d5d4cf5c7ff21f3265d03f4d085c532c6f019", "SweepCollectionERC1155(address,address,address,address,bool[],address[],uint256[],uint256[],uint256[])", {"marketplace": indexed(p.address), "tokenAddress": indexed(p.address), "paymentCoin": indexed(p.address), "buyer": p.address, "unsuccessfulFills": p.array(p.bool), "sellers": p.array(p.address), "tokenIds": p.array(p.uint256), "amounts": p.array(p.uint256), "salePrices": p.array(p.uint256)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type BuySingleListingEventArgs = EParams<typeof events.BuySingleListing>
export type BuyBundledListingERC721EventArgs = EParams<typeof events.BuyBundledListingERC721>
export type BuyBundledListingERC1155EventArgs = EParams<typeof events.BuyBundledListingERC1155>
export type SweepCollectionERC721EventArgs = EParams<typeof events.SweepCollectionERC721>
export type SweepCollectionERC1155EventArgs = EParams<typeof events.SweepCollectionERC1155>
