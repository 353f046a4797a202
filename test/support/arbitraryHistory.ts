import fc from 'fast-check'
import type {DomainEvent, EventBody, EventHeader} from '../../src/domain/event'
import {type Address, type Hash32, ZERO_ADDRESS} from '../../src/domain/hex'
import {MAX_UINT256} from '../../src/domain/uint256'
import {contractConcerned} from '../../src/pipeline/decodeLogs'
import {moneyEvents} from './arbitraryMoney'
import {address, eventAt, hash} from './givenEvents'

/*
 * Histories in a small world, so that ids, prompts, proofs and licence numbers meet often: two collections, a trusted registry,
 * a stranger, three accounts. Authority is what the pipeline would find.
 */

export const COLLECTIONS = [address(0xc1), address(0xc2)] as const
export const REGISTRY = address(0x7e57)
export const STRANGER = address(0xbad)
export const ACCOUNTS = [address(0xa1), address(0xa2), address(0xa3)] as const

const collection = fc.constantFrom(COLLECTIONS[0], ...COLLECTIONS)
const account: fc.Arbitrary<Address> = fc.constantFrom(...ACCOUNTS)
const party: fc.Arbitrary<Address> = fc.oneof({weight: 3, arbitrary: account}, {weight: 2, arbitrary: fc.constant(ZERO_ADDRESS)})
const speaker = fc.constantFrom(COLLECTIONS[0], COLLECTIONS[0], ...COLLECTIONS, REGISTRY, STRANGER)
const tokenId = fc.constantFrom(1n, 1n, 1n, 0n, MAX_UINT256)
const amount = fc.constantFrom(0n, 1n, 1n, 2n, 10n ** 30n, MAX_UINT256)
const hashOf = (...from: readonly number[]): fc.Arbitrary<Hash32> => fc.constantFrom(...from.map(hash))
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, {nil: null})
const [prompt, output, proof] = [hashOf(0x11, 0x12), hashOf(0x21, 0x22), hashOf(0x31, 0x32, 0x33)]
const licenseId = fc.constantFrom(1n, 1n, 2n)
const time = fc.constantFrom(0n, 1_700_000_100n, 1_800_000_000n, MAX_UINT256)
const text = orNull(fc.constantFrom('', 'ipfs://x'))
const small = fc.constantFrom(0, 1, 2, 255)
const about = {collection, tokenId}
const namedBy = fc.constantFrom(undefined, undefined, 'account' as const)
const slot = fc.constantFrom('user 1', 'user 2')
const terms = {template: collection, termsId: licenseId}
const attestation = hashOf(0x81, 0x84)
const is = <T extends EventBody['type']>(type: T): fc.Arbitrary<T> => fc.constant(type)

const transferred = fc
  .record({type: is('token.transferred'), namespace: fc.constantFrom('erc721', 'erc1155'), ...about, from: party, to: party, amount})
  .map((body): EventBody => ({...body, ...(body.namespace === 'erc721' ? {amount: 1n, operator: null} : {operator: ACCOUNTS[0]})}))
const ranged = fc.record({
  type: is('token.rangeTransferred'),
  collection,
  fromTokenId: fc.constantFrom(0n, 1n, 5n),
  toTokenId: fc.constantFrom(0n, 2n, 4n, MAX_UINT256),
  from: party,
  to: party,
})
const scope = fc.oneof(
  fc.record({kind: fc.constant('token' as const), tokenId}),
  fc.record({kind: fc.constant('range' as const), fromTokenId: tokenId, toTokenId: orNull(tokenId)}),
  fc.record({kind: fc.constant('contract' as const)}),
)
const metadataChanged = fc.record({type: is('metadata.changed'), collection, scope, uri: text})
export const generations = [
  fc.record({type: is('generation.claimed'), ...about, promptHash: prompt, outputHash: orNull(output), proofHash: orNull(proof)}),
  fc.record({
    type: is('generation.verified'),
    ...about,
    promptHash: prompt,
    outputHash: output,
    modelId: hashOf(0x41),
    proofHash: proof,
    proofType: small,
    proofURI: text,
    verifier: account,
    challengeDeadline: orNull(time),
  }),
  fc.record({type: is('generation.updated'), ...about, promptHash: prompt, outputHash: output}),
  fc.record({type: is('generation.invalidated'), ...about, proofHash: proof, by: account, reason: fc.constant('wrong')}),
]
export const licences = [
  fc.record({
    type: is('license.granted'),
    ...about,
    namedBy,
    slot: fc.option(slot, {nil: undefined}),
    heldBy: fc.option(fc.record(about), {nil: undefined}),
    terms: fc.option(fc.record(terms), {nil: undefined}),
    rights: fc.option(fc.constant(['display']), {nil: undefined}),
    licenseId,
    licensor: orNull(account),
    licensee: account,
    parentLicenseId: orNull(licenseId),
    revoker: orNull(account),
    startTime: time,
    expiry: orNull(time),
    currency: orNull(party),
    price: orNull(amount),
    exclusivity: small,
    sublicensable: fc.boolean(),
    transferable: fc.boolean(),
    termsHash: orNull(hashOf(0x51)),
    termsURI: text,
  }),
  fc.record({type: is('license.revoked'), licenseId, revokedBy: account, effectiveAt: time, reason: text}),
  fc.record({type: is('license.transferred'), licenseId, from: orNull(party), to: party}),
  fc.record({type: is('license.exercised'), licenseId, by: orNull(account)}),
  fc.record({type: is('license.revoked'), licenseId: fc.constant(null), slot, revokedBy: account, effectiveAt: time, reason: text}),
  fc.record({
    type: is('licenseTerms.registered'),
    ...terms,
    termsHash: hashOf(0x52),
    termsURI: text,
    currency: orNull(party),
    price: orNull(amount),
    royaltyBps: orNull(small),
    duration: orNull(time),
    transferable: orNull(fc.boolean()),
    commercialUse: orNull(fc.boolean()),
    derivativesAllowed: orNull(fc.boolean()),
  }),
  fc.record({type: is('licenseTerms.attached'), ...about, ...terms}),
]
const attested = fc.record({
  type: is('attestation.made'),
  uid: attestation,
  attester: account,
  subject: orNull(collection),
  tokenId: orNull(tokenId),
  schema: orNull(hashOf(0x82)),
  expiry: orNull(time),
  score: orNull(small),
  tag: text,
  contentHash: orNull(hashOf(0x83)),
  uri: text,
  record: fc.option(
    fc.record({
      data: orNull(fc.constantFrom('0x', '0x1234')),
      source: fc.constantFrom('call', 'unknown: no node'),
      refUid: orNull(attestation),
      revocable: orNull(fc.boolean()),
    }),
    {nil: undefined},
  ),
})
const upgraded = fc.record({type: is('contract.upgraded'), implementation: account})
const unattested = fc.record({type: is('attestation.revoked'), uid: attestation, by: account})
const others = [
  ...moneyEvents({account, party, collection, tokenId, amount}),
  fc.record({
    type: is('derivative.registered'),
    parent: fc.record({...about, namedBy}),
    child: fc.record({...about, namedBy}),
    terms: fc.option(fc.record(terms), {nil: undefined}),
    licenseId: orNull(licenseId),
    royaltyBps: small,
    relation: small,
  }),
  upgraded,
  fc.record({type: is('contract.upgraded'), implementation: fc.constant(null), beacon: collection}),
  fc.record({type: is('contract.adminChanged'), previousAdmin: account, admin: account}),
  fc.record({
    type: is('contract.facetsChanged'),
    facets: fc.array(fc.record({facet: account, action: fc.constantFrom('add' as const, 'remove' as const), selectors: fc.constant([])}), {
      maxLength: 2,
    }),
  }),
  fc.record({type: is('token.lockChanged'), ...about, locked: fc.boolean()}),
  fc.record({
    type: is('metadata.committed'),
    asset: orNull(fc.record({...about, namedBy})),
    by: orNull(account),
    contentHash: orNull(hashOf(0x71)),
    cidHash: orNull(hashOf(0x72)),
    uri: text,
    note: text,
  }),
  fc.record({
    type: is('generation.requested'),
    requestId: licenseId,
    requester: collection,
    modelId: hashOf(0x41),
    inputHash: prompt,
    input: text,
  }),
  fc.record({type: is('generation.answered'), requestId: licenseId, outputHash: output, by: account}),
  fc.record({
    type: is('account.bound'),
    ...about,
    account: fc.constantFrom(...ACCOUNTS, COLLECTIONS[1]),
    tokenChainId: fc.constantFrom(1n, 1n, 1514n),
    implementation: orNull(account),
    proven: fc.constant(false),
  }),
  attested,
  unattested,
]

const body: fc.Arbitrary<EventBody> = fc.oneof(
  {weight: 8, arbitrary: transferred},
  {weight: 2, arbitrary: ranged},
  metadataChanged,
  ...generations.map((arbitrary) => ({weight: 3, arbitrary: arbitrary as fc.Arbitrary<EventBody>})),
  ...licences.map((arbitrary) => ({weight: 2, arbitrary: arbitrary as fc.Arbitrary<EventBody>})),
  ...(others as readonly fc.Arbitrary<EventBody>[]),
)

/** Who can say it: standards of tokens and metadata speak for their emitter only. */
const OWN_WORD: readonly string[] = ['token.transferred', 'token.rangeTransferred', 'token.lockChanged', 'metadata.changed']
const emitterOf = (said: EventBody, anyone: Address): Address =>
  OWN_WORD.includes(said.type) && 'collection' in said ? said.collection : anyone

function authorityOf(said: EventBody, emitter: Address): EventHeader['authority'] {
  const owner = contractConcerned(said)
  if (owner === null || owner === emitter) return 'self'
  return emitter === REGISTRY ? 'trusted' : 'unverified'
}

type Step = Readonly<{said: EventBody; anyone: Address; newBlock: boolean; sameTransaction?: boolean}>

export function place(steps: readonly Step[]): readonly (readonly DomainEvent[])[] {
  const blocks: DomainEvent[][] = []
  let transaction = 0
  for (const {said, anyone, newBlock, sameTransaction} of steps) {
    if (newBlock || blocks.length === 0) blocks.push([])
    const events = blocks.at(-1) as DomainEvent[]
    const emitter = emitterOf(said, anyone)
    if (!sameTransaction) transaction = events.length
    const at = {block: blocks.length, logIndex: events.length, transaction: Math.min(transaction, events.length)}
    events.push(eventAt(at, said, {emitter, authority: authorityOf(said, emitter)}))
  }
  return blocks
}

export type History = readonly (readonly DomainEvent[])[]
const historyOf = (bodies: fc.Arbitrary<EventBody>, speakers: fc.Arbitrary<Address>, maxLength: number): fc.Arbitrary<History> =>
  fc.array(fc.record({said: bodies, anyone: speakers, newBlock: fc.boolean()}), {maxLength, size: 'max'}).map(place)

/** Blocks of events, in chain order. */
export const arbitraryHistory: fc.Arbitrary<History> = historyOf(body, speaker, 80)

/** The same, of nothing but generations of one token, attestations of its contract, and changes of its code: what is said anew over and over. */
export const arbitraryClaims: fc.Arbitrary<History> = historyOf(
  fc.oneof(
    ...generations.map((arbitrary) => ({
      weight: 4,
      arbitrary: (arbitrary as fc.Arbitrary<EventBody>).map((said) => ({...said, collection: COLLECTIONS[0], tokenId: 1n})),
    })),
    {weight: 2, arbitrary: attested.map((said): EventBody => ({...said, uid: hash(0x81), subject: COLLECTIONS[0]}))},
    {weight: 2, arbitrary: unattested.map((said): EventBody => ({...said, uid: hash(0x81)}))},
    upgraded as fc.Arbitrary<EventBody>,
  ),
  fc.constantFrom(COLLECTIONS[0], COLLECTIONS[0], COLLECTIONS[0], REGISTRY, STRANGER),
  30,
)
