import {describe, expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, hash, inBlock, oneByOne, type Said, type Speaker} from '../../../test/support/givenEvents'
import {ART, ASSET, CAT, claimed, DOG, invalidated, updated, verified} from '../../../test/support/givenGenerations'
import {eventKey} from '../../domain/ids'

const key = (block: number, logIndex = 0) => eventKey(1, block, logIndex, 0)
const timeOf = (block: number) => new Date((1_700_000_000 + 12 * block) * 1000)
const tablesAfter = (...said: readonly Said[]) => foldTables(...oneByOne(said))
const recordsAfter = async (...said: readonly Said[]) => (await tablesAfter(...said)).Generation ?? []

describe('claim and verification', () => {
  test('a claim is a record without a proof that was checked', async () => {
    const {Generation, GenerationEvent, GenerationHead, GenerationProof} = await tablesAfter(claimed())
    expect(Generation).toEqual([
      {
        id: `${ASSET}-${CAT}`,
        chainId: 1n,
        collectionId: `1-${ART}`,
        assetId: ASSET,
        tokenId: 1n,
        incarnation: 1,
        emitter: ART,
        authority: 'self',
        promptHash: CAT,
        prompt: null,
        outputHash: hash(0x01),
        modelId: null,
        proofHash: hash(0xff),
        proofType: null,
        proofURI: null,
        verifier: null,
        challengeDeadline: null,
        status: 'claimed',
        invalidationReason: null,
        claimId: key(1),
        claimedAt: timeOf(1),
        verificationId: null,
        invalidationId: null,
        supersededId: null,
        updatedAt: timeOf(1),
      },
    ])
    expect(GenerationEvent).toEqual([
      {
        id: key(1),
        chainId: 1n,
        blockNumber: 1,
        logIndex: 0,
        timestamp: timeOf(1),
        transactionHash: hash(1000),
        emitter: ART,
        standard: 'test',
        authority: 'self',
        collectionId: `1-${ART}`,
        assetId: ASSET,
        tokenId: 1n,
        incarnation: 1,
        kind: 'claimed',
        generationId: `${ASSET}-${CAT}`,
        promptHash: CAT,
        prompt: null,
        promptSource: null,
        outputHash: hash(0x01),
        modelId: null,
        proofHash: hash(0xff),
        proofType: null,
        proofURI: null,
        verifier: null,
        challengeDeadline: null,
        reason: null,
      },
    ])
    expect(GenerationHead).toEqual([{id: ASSET, generationId: `${ASSET}-${CAT}`, incarnation: 1}])
    expect(GenerationProof).toEqual([{id: `${ASSET}-${hash(0xff)}`, generationId: `${ASSET}-${CAT}`, incarnation: 1}])
  })

  test('the verification tells model, proof and deadline', async () => {
    expect(await recordsAfter(claimed({proofHash: null}), verified())).toMatchObject([
      {
        status: 'verified',
        modelId: hash(0x30),
        proofHash: hash(0xff),
        proofType: 1,
        proofURI: 'ipfs://proof',
        verifier: address(0x7e),
        challengeDeadline: 1_800_000_000n,
        claimId: key(1),
        verificationId: key(2),
        updatedAt: timeOf(2),
      },
    ])
  })

  test('the claim may come after the verification of the same content, which stays verified', async () => {
    expect(await recordsAfter(verified(), claimed())).toMatchObject([
      {status: 'verified', claimId: key(2), claimedAt: timeOf(2), verificationId: key(1)},
    ])
  })

  test('of what was verified a later claim of other content changes nothing; the log is kept', async () => {
    const record = await recordsAfter(verified())
    const {Generation, GenerationEvent} = await tablesAfter(verified(), claimed({outputHash: hash(0xbad), proofHash: null}))
    expect(Generation).toEqual(record)
    expect(GenerationEvent?.[1]).toMatchObject({kind: 'claimed', outputHash: hash(0xbad), generationId: `${ASSET}-${CAT}`})
  })

  test('a verification holds over a claim of other content, the last one over those before', async () => {
    expect(await recordsAfter(claimed({outputHash: hash(0x09)}), verified())).toMatchObject([{status: 'verified', outputHash: hash(0x01)}])
    expect(await recordsAfter(verified(), verified({outputHash: hash(0x03), proofHash: hash(0xfe)}))).toMatchObject([
      {status: 'verified', outputHash: hash(0x03), proofHash: hash(0xfe), verificationId: key(2)},
    ])
  })

  test('a claim that repeats itself changes nothing, one of other content starts over', async () => {
    expect(await recordsAfter(claimed(), claimed())).toEqual(await recordsAfter(claimed()))
    expect(await recordsAfter(claimed(), claimed({outputHash: hash(0x05), proofHash: null}))).toMatchObject([
      {status: 'claimed', outputHash: hash(0x05), proofHash: null, claimId: key(2)},
    ])
  })

  test('an empty proof (opML) is filled in by a later claim of the same content', async () => {
    expect(await recordsAfter(claimed({proofHash: null}), claimed())).toMatchObject([
      {proofHash: hash(0xff), claimId: key(1), updatedAt: timeOf(2)},
    ])
  })
})

describe('invalidation', () => {
  test('it names the proof and brings down the record that stands on it, once', async () => {
    const {Generation, GenerationEvent} = await tablesAfter(verified(), invalidated(), invalidated({reason: 'again'}))
    expect(Generation).toMatchObject([
      {status: 'invalidated', invalidationReason: 'output differs', invalidationId: key(2), modelId: hash(0x30)},
    ])
    expect(GenerationEvent?.slice(1)).toMatchObject([
      {kind: 'invalidated', generationId: `${ASSET}-${CAT}`, proofHash: hash(0xff), verifier: address(0xcc), reason: 'output differs'},
      {kind: 'invalidated', generationId: `${ASSET}-${CAT}`, reason: 'again'},
    ])
  })

  test('it may come in the batch of its verification', async () => {
    expect((await foldTables(inBlock(1, verified(), invalidated()))).Generation).toMatchObject([{status: 'invalidated'}])
  })

  test('of a proof that nothing told of it is kept as a log', async () => {
    const {Generation, GenerationEvent} = await tablesAfter(invalidated())
    expect([Generation, GenerationEvent?.[0]?.generationId]).toEqual([undefined, null])
  })

  test('of a proof that a newer one replaced it leaves the record alone', async () => {
    expect(await recordsAfter(verified(), verified({proofHash: hash(0xfe)}), invalidated())).toMatchObject([
      {status: 'verified', proofHash: hash(0xfe)},
    ])
  })

  test('the same claim again does not heal it; a new proof or a new verification does', async () => {
    expect(await recordsAfter(verified(), invalidated(), claimed())).toMatchObject([{status: 'invalidated', claimId: key(3)}])
    expect(await recordsAfter(verified(), invalidated(), claimed({proofHash: hash(0xfd)}))).toMatchObject([
      {status: 'claimed', proofHash: hash(0xfd), modelId: null, verificationId: null, invalidationId: null, invalidationReason: null},
    ])
    expect(await recordsAfter(verified(), invalidated(), verified())).toMatchObject([
      {status: 'verified', invalidationId: null, invalidationReason: null},
    ])
  })

  test('a claim does not take over the proof of another record', async () => {
    const {Generation} = await tablesAfter(verified(), claimed({promptHash: DOG}), invalidated())
    expect(Generation?.map(({promptHash, status}) => [promptHash, status])).toEqual([
      [CAT, 'invalidated'],
      [DOG, 'claimed'],
    ])
  })
})

describe('ERC-7007 Update', () => {
  test('it supersedes the current record and claims the new content', async () => {
    const {Generation, GenerationHead} = await tablesAfter(verified(), updated())
    expect(Generation).toMatchObject([
      {promptHash: CAT, status: 'verified', supersededId: key(2), updatedAt: timeOf(2)},
      {promptHash: DOG, status: 'claimed', outputHash: hash(0x02), supersededId: null, claimId: key(2), modelId: null},
    ])
    expect(GenerationHead).toEqual([{id: ASSET, generationId: `${ASSET}-${DOG}`, incarnation: 1}])
  })

  test('of the same prompt it resets what was proven', async () => {
    expect(await recordsAfter(verified(), updated({promptHash: CAT}))).toMatchObject([
      {
        status: 'claimed',
        outputHash: hash(0x02),
        proofHash: null,
        modelId: null,
        verificationId: null,
        claimId: key(2),
        supersededId: null,
      },
    ])
  })

  test('the verification of the new content may come before it in the transaction', async () => {
    const proof = verified({promptHash: DOG, outputHash: hash(0x02)})
    const {Generation} = await foldTables(inBlock(1, claimed(), proof, updated()))
    expect(Generation).toMatchObject([
      {promptHash: CAT, supersededId: key(1, 2)},
      {promptHash: DOG, status: 'verified', claimId: key(1, 2)},
    ])
  })

  test('a late verification of replaced content does not make it current again', async () => {
    const {Generation, GenerationHead} = await tablesAfter(claimed(), updated(), verified())
    expect(Generation?.[0]).toMatchObject({promptHash: CAT, status: 'verified', supersededId: key(2)})
    expect(GenerationHead).toMatchObject([{generationId: `${ASSET}-${DOG}`}])
  })

  test('back to content that was current before, proof and all', async () => {
    const {Generation} = await tablesAfter(verified(), claimed(), updated(), updated({promptHash: CAT, outputHash: hash(0x01)}))
    expect(Generation).toMatchObject([
      {promptHash: CAT, status: 'verified', supersededId: null, claimId: key(2)},
      {promptHash: DOG, supersededId: key(4)},
    ])
  })

  test('the first that is heard of an asset', async () => {
    expect(await recordsAfter(updated())).toMatchObject([{promptHash: DOG, status: 'claimed', claimId: key(1)}])
  })
})

test("an unverified claimant's records lie beside the real ones, a trusted registry's word counts", async () => {
  const forger: Speaker = {emitter: address(0xbad), authority: 'unverified'}
  const real = await tablesAfter(claimed())
  const {Generation, GenerationHead, GenerationProof} = await tablesAfter(
    claimed(),
    [verified({outputHash: hash(0x666)}), forger],
    [updated(), forger],
    [invalidated(), forger],
  )
  const forged = `-${address(0xbad)}`
  expect(Generation?.filter(({id}) => !id.endsWith(forged))).toEqual(real.Generation)
  expect(GenerationHead?.filter(({id}) => !id.endsWith(forged))).toEqual(real.GenerationHead)
  expect(GenerationProof?.filter(({id}) => !id.endsWith(forged))).toEqual(real.GenerationProof)
  expect(Generation?.filter(({id}) => id.endsWith(forged))).toMatchObject([
    {promptHash: CAT, status: 'invalidated', authority: 'unverified', emitter: address(0xbad), supersededId: key(3)},
    {promptHash: DOG, status: 'claimed', authority: 'unverified'},
  ])
  expect(await recordsAfter(claimed(), [verified(), {emitter: address(0x7e57), authority: 'trusted'}])).toMatchObject([
    {status: 'verified', authority: 'trusted', emitter: address(0x7e57)},
  ])
})
