import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    BuyListingERC721: event("0xffb29e9cf48456d56b6d414855b66a7ec060ce2054dcb124a1876310e1b7355c", "BuyListingERC721(address,address,address,address,address,uint256,uint256)", {"buyer": indexed(p.address), "seller": indexed(p.address), "tokenAddress": indexed(p.address), "beneficiary": p.address, "paymentCoin": p.address, "tokenId": p.uint256, "salePrice": p.uint256}),
    BuyListingERC1155: event("0x1217006325a98bdcc6afc9c44965bb66ac7460a44dc57c2ac47622561d25c45a", "BuyListingERC1155(address,address,address,address,address,uint256,uint256,uint256)", {"buyer": indexed(p.address), "seller": indexed(p.address), "tokenAddress": indexed(p.address), "beneficiary": p.address, "paymentCoin": p.address, "tokenId": p.uint256, "amount": p.uint256, "salePrice": p.uint256}),
    AcceptOfferERC721: event("0x8b87c0b049fe52718fe6ff466b514c5a93c405fb0de8fbd761a23483f9f9e198", "AcceptOfferERC721(address,address,address,address,address,uint256,uint256)", {"seller": indexed(p.address), "buyer": indexed(p.address), "tokenAddress": indexed(p.address), "beneficiary": p.address, "paymentCoin": p.address, "tokenId": p.uint256, "salePrice": p.uint256}),
    AcceptOfferERC1155: event("0x6f4c56c4b9a9d2479f963d802b19d17b02293ce1225461ac0cb846c482ee3c3e", "AcceptOfferERC1155(address,address,address,address,address,uint256,uint256,uint256)", {"seller": indexed(p.address), "buyer": indexed(p.address), "tokenAddress": indexed(p.address), "beneficiary": p.address, "paymentCoin": p.address, "tokenId": p.uint256, "amount": p.uint256, "salePrice": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type BuyListingERC721EventArgs = EParams<typeof events.BuyListingERC721>
export type BuyListingERC1155EventArgs = EParams<typeof events.BuyListingERC1155>
export type AcceptOfferERC721EventArgs = EParams<typeof events.AcceptOfferERC721>
export type AcceptOfferERC1155EventArgs = EParams<typeof events.AcceptOfferERC1155>
