import {insert} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId, licenseKey} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {Roles} from '../../domain/role'
import {royaltyTermsId, termsReads} from '../../domain/royaltyTerms'
import type {RoyaltyPaymentRow} from '../../domain/rows'
import {changeTerms} from './royaltyTerms'
import {saleRoyalties} from './saleRoyalties'

/**
 * One payment log is one row, and so is each royalty among the parts of a sale; sums are made by whoever asks (INV-6). A licence is meant within
 * its emitter, the only one who numbers it.
 */
export const createRoyalties = (roles: Roles): Projection => ({
  name: 'royalties',
  owns: ['RoyaltyPayment', 'RoyaltyTerms', 'RoyaltyTermsChange'],
  handles: ['royalty.paid', 'royalty.termsSet', 'sale.settled'],
  reads: (event, known) => {
    if (event.type === 'sale.settled') return termsReads(event, known)
    if (event.type !== 'royalty.termsSet') return []
    const {ref, collection, tokenId, movedTo} = event
    const own = {table: 'RoyaltyTerms', id: royaltyTermsId(ref.chainId, collection, tokenId)} as const
    // A sale of the same batch goes by them.
    return movedTo === null ? [own] : [own, {table: 'RoyaltyTerms', id: royaltyTermsId(ref.chainId, movedTo, null)}]
  },
  apply: (event, state) => {
    if (event.type === 'royalty.termsSet') return changeTerms(event, state)
    if (event.type === 'royalty.paid') return [insert('RoyaltyPayment', paymentOf(event))]
    return event.type === 'sale.settled' ? saleRoyalties(event, roles, state).map((row) => insert('RoyaltyPayment', row)) : []
  },
})

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
    saleId: null,
    isEstimate: false,
  }
}
