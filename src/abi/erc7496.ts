import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    TraitUpdated: event("0x8386f3b08e49490d0c5a9d2c401c091f13b01a17d75ce4a2f0f8f923b410ff7d", "TraitUpdated(bytes32,uint256,bytes32)", {"traitKey": indexed(p.bytes32), "tokenId": p.uint256, "traitValue": p.bytes32}),
    TraitUpdatedRange: event("0x9a6c97c48b507ce8a38891ab26b440119b2f725c688fec730db4699bba6b24a7", "TraitUpdatedRange(bytes32,uint256,uint256)", {"traitKey": indexed(p.bytes32), "fromTokenId": p.uint256, "toTokenId": p.uint256}),
    TraitUpdatedRangeUniformValue: event("0xa96ef7c0130afeab54b0046e6e2d01169250d194c74036ac03d0e58ac32422bf", "TraitUpdatedRangeUniformValue(bytes32,uint256,uint256,bytes32)", {"traitKey": indexed(p.bytes32), "fromTokenId": p.uint256, "toTokenId": p.uint256, "traitValue": p.bytes32}),
    TraitUpdatedList: event("0xa871bf661500ebea566fc58dd77242d75a9a3f659e5cb12e3bae0a05110561a1", "TraitUpdatedList(bytes32,uint256[])", {"traitKey": indexed(p.bytes32), "tokenIds": p.array(p.uint256)}),
    TraitUpdatedListUniformValue: event("0x77679e37d5806f0b2f7f023c0b6124bd74d7abb9154942ee1303c8700b31bda7", "TraitUpdatedListUniformValue(bytes32,uint256[],bytes32)", {"traitKey": indexed(p.bytes32), "tokenIds": p.array(p.uint256), "traitValue": p.bytes32}),
    TraitMetadataURIUpdated: event("0x0c42722a91eb9b96ce65a38fc22054e4d2ab7ab642a9c0f92da35c99d965a748", "TraitMetadataURIUpdated()", {}),
}

export class Contract extends ContractBase {
}

/// Event types
export type TraitUpdatedEventArgs = EParams<typeof events.TraitUpdated>
export type TraitUpdatedRangeEventArgs = EParams<typeof events.TraitUpdatedRange>
export type TraitUpdatedRangeUniformValueEventArgs = EParams<typeof events.TraitUpdatedRangeUniformValue>
export type TraitUpdatedListEventArgs = EParams<typeof events.TraitUpdatedList>
export type TraitUpdatedListUniformValueEventArgs = EParams<typeof events.TraitUpdatedListUniformValue>
export type TraitMetadataURIUpdatedEventArgs = EParams<typeof events.TraitMetadataURIUpdated>
