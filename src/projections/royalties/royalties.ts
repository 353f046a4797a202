import {insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId, licenseKey} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {RoyaltyPaymentRow} from '../../domain/rows'

/** One payment log is one row; sums are made by whoever asks (INV-6). A licence is meant within its emitter, the only one who numbers it. */
export const royalties: Projection = {
  name: 'royalties',
  owns: ['RoyaltyPayment'],
  handles: ['royalty.paid'],
  reads: () => [],
  apply: (event: DomainEvent) => (event.type === 'royalty.paid' ? [insert('RoyaltyPayment', paymentOf(event))] : []),
}

const paymentOf = (event: EventOf<'royalty.paid'>): RoyaltyPaymentRow => {
  const {chainId} = event.ref
  return {
    id: event.ref.key,
    chainId: BigInt(chainId),
    blockNumber: event.ref.blockNumber,
    logIndex: event.ref.logIndex,
    timestamp: blockTime(event.ref),
    transactionHash: event.ref.transactionHash,
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    collectionId: collectionId(chainId, event.collection),
    assetId: assetKey({chainId, collection: event.collection, tokenId: event.tokenId}),
    tokenId: event.tokenId,
    payer: event.payer,
    recipient: event.recipient,
    currency: event.currency,
    gross: event.gross,
    amount: event.amount,
    basis: event.basis,
    kind: event.kind,
    licenseRef: event.licenseId === null ? null : licenseKey(chainId, event.emitter, event.licenseId),
    saleRef: event.saleRef,
  }
}
