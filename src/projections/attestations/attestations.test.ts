import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, hash, oneByOne, type Said} from '../../../test/support/givenEvents'
import type {AttestationMade} from '../../domain/event'
import {eventKey} from '../../domain/ids'

const [EAS, CODE, ANN, BEN] = [address(0xea5), address(0xc0de), address(0xa), address(0xb)]
const registry = {emitter: EAS, authority: 'trusted'} as const
const made = (changes: Partial<AttestationMade> = {}): Said => [
  {
    type: 'attestation.made',
    uid: hash(1),
    attester: ANN,
    subject: CODE,
    tokenId: null,
    schema: hash(3),
    expiry: null,
    score: null,
    tag: null,
    contentHash: null,
    uri: null,
    ...changes,
  },
  registry,
]
const revoked = (by = ANN): Said => [
  {type: 'attestation.revoked', uid: hash(1), by},
  {...registry, authority: 'self'},
]
const after = (...said: readonly Said[]) => foldTables(...oneByOne(said))

test('its attester takes it back, once; nobody else can', async () => {
  const {Attestation, AttestationEvent} = await after(made(), revoked(BEN), revoked(), revoked())
  expect(Attestation).toMatchObject([{subject: CODE, authority: 'trusted', revocationId: eventKey(1, 3, 0, 0), assetId: null}])
  expect(AttestationEvent?.map(({kind, applied, note, authority}) => [kind, applied, note, authority])).toEqual([
    ['made', true, null, 'trusted'],
    ['revoked', false, 'not_the_attester', 'trusted'],
    ['revoked', true, null, 'trusted'],
    ['revoked', false, 'already_revoked', 'trusted'],
  ])
})

test('the registry itself takes it back too: a dispute that was judged unfounded', async () => {
  const {Attestation, AttestationEvent} = await after(made(), revoked(EAS))
  expect(Attestation).toMatchObject([{attester: ANN, revocationId: eventKey(1, 2, 0, 0)}])
  expect(AttestationEvent).toMatchObject([{applied: true}, {applied: true, by: EAS}])
})

test('the last word of its attester counts; a name that is taken is no other attester’s', async () => {
  const {Attestation, AttestationEvent} = await after(
    made({score: 50, tokenId: 7n}),
    made({score: 90, tokenId: 7n}),
    made({attester: BEN, score: 1}),
  )
  expect(Attestation).toMatchObject([{attester: ANN, score: 90, assetId: `1-${CODE}-7`, attestationId: eventKey(1, 2, 0, 0)}])
  expect(AttestationEvent?.[2]).toMatchObject({applied: false, note: 'not_the_attester'})
})

test('what was never attested cannot be taken back', async () => {
  expect((await after(revoked())).AttestationEvent).toMatchObject([
    {applied: false, note: 'unknown_attestation', authority: 'unverified', subject: null},
  ])
})
