import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {attestationKey} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {AttestationEventRow, AttestationRow} from '../../domain/rows'
import {attestationOf, NO_WORDS, subjectOf, wordsOf} from './attestation'

type Log = EventOf<'attestation.made' | 'attestation.revoked'>
type Outcome = Pick<AttestationEventRow, 'applied' | 'note'>

/** What is vouched for, and what was taken back. An attestation is named by its emitter, so a log can only touch its own registry's. */
export const attestations: Projection = {
  name: 'attestations',
  owns: ['Attestation', 'AttestationEvent'],
  handles: ['attestation.made', 'attestation.revoked'],
  reads: (event: DomainEvent): readonly RowKey[] =>
    event.type === 'attestation.made' || event.type === 'attestation.revoked' ? [{table: 'Attestation', id: idOf(event)}] : [],
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    switch (event.type) {
      case 'attestation.made':
        return make(event, state)
      case 'attestation.revoked':
        return revoke(event, state)
      default:
        return []
    }
  },
}

const APPLIED: Outcome = {applied: true, note: null}
const refused = (note: string): Outcome => ({applied: false, note})
const idOf = ({ref, emitter, uid}: Log): string => attestationKey(ref.chainId, emitter, uid)

/** The same attester may say it anew (ERC-8004: first soft, then hard finality); nobody else may take an attestation's name. */
function make(event: EventOf<'attestation.made'>, state: Snapshot): readonly Change[] {
  const id = idOf(event)
  const known = state.get('Attestation', id)
  const made = attestationOf(id, event)
  if (known && known.attester !== event.attester) return [insert('AttestationEvent', factOf(event, made, refused('not_the_attester')))]
  return [insert('AttestationEvent', factOf(event, made, APPLIED)), put('Attestation', made)]
}

function revoke(event: EventOf<'attestation.revoked'>, state: Snapshot): readonly Change[] {
  const known = state.get('Attestation', idOf(event))
  const refuse = (note: string): readonly Change[] => [insert('AttestationEvent', factOf(event, known, refused(note)))]
  if (!known) return refuse('unknown_attestation')
  if (event.by !== known.attester && event.by !== event.emitter) return refuse('not_the_attester')
  if (known.revocationId !== null) return refuse('already_revoked')
  const {timestamp} = factColumns(event.ref)
  const revoked = {...known, revokedAt: timestamp, revocationId: event.ref.key, lastEventId: event.ref.key}
  return [insert('AttestationEvent', factOf(event, known, APPLIED)), put('Attestation', revoked)]
}

/** A revocation names nothing but the attestation: what it is about follows from that. */
const factOf = (event: Log, about: AttestationRow | undefined, outcome: Outcome): AttestationEventRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.type === 'attestation.made' ? event.authority : (about?.authority ?? 'unverified'),
  attestationRef: idOf(event),
  ...(event.type === 'attestation.made'
    ? {kind: 'made', by: event.attester, ...wordsOf(event), ...subjectOf(event)}
    : {
        kind: 'revoked',
        by: event.by,
        ...NO_WORDS,
        subject: about?.subject ?? null,
        assetId: about?.assetId ?? null,
        tokenId: about?.tokenId ?? null,
      }),
  ...outcome,
})
