import {insert} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import {type LicenseNumber, licenseNumbered, licenseNumberRead} from '../../domain/licenseNumber'
import type {Projection, Snapshot} from '../../domain/projection'
import type {Roles} from '../../domain/role'
import type {RoyaltyPaymentRow} from '../../domain/rows'
import {dueRows, saleRoyalties} from './saleRoyalties'
import {termsRows} from './termsRows'

/**
 * One payment log is one row, and so is each royalty among the parts of a sale; sums are made by whoever asks (INV-6). A licence is meant within
 * its emitter, the only one who numbers it.
 */
export const createRoyalties = (roles: Roles): Projection => ({
  name: 'royalties',
  owns: ['RoyaltyPayment', 'RoyaltyDue', 'RoyaltyTermsChange', 'RoyaltyTermsShare'],
  handles: ['royalty.paid', 'royalty.termsSet', 'sale.settled'],
  reads: (event) => {
    const number = event.type === 'royalty.paid' ? licenseOf(event) : null
    return number ? [licenseNumberRead(number)] : []
  },
  apply: (event, state) => {
    if (event.type === 'royalty.paid') return [insert('RoyaltyPayment', paymentOf(event, roles, state))]
    if (event.type === 'royalty.termsSet') return termsRows(event, roles)
    if (event.type !== 'sale.settled') return []
    return [
      ...saleRoyalties(event, roles).map((row) => insert('RoyaltyPayment', row)),
      ...dueRows(event).map((row) => insert('RoyaltyDue', row)),
    ]
  },
})

const licenseOf = ({ref, emitter, licenseId}: EventOf<'royalty.paid'>): LicenseNumber | null =>
  licenseId === null ? null : {chainId: ref.chainId, emitter, licenseId}

const paymentOf = (event: EventOf<'royalty.paid'>, roles: Roles, state: Snapshot): RoyaltyPaymentRow => {
  const {chainId} = event.ref
  const number = licenseOf(event)
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
    licenseRef: number && licenseNumbered(number, state),
    saleRef: event.saleRef,
    saleId: null,
    isEstimate: false,
    role: event.role ?? roles.get(event.recipient) ?? null,
  }
}
