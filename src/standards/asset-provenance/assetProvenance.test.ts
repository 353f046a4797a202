import {describe, expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {assetProvenance} from './assetProvenance'

// As the Solidity of the family declares them: a flat copy, so that a change of the ABI file shows.
const GRANTED =
  'LicenseGranted(address indexed asset, uint256 indexed tokenId, address indexed licensee, uint256 licenseId, address licensor, (uint256 parentLicenseId, address revoker, uint64 startTime, uint64 expiry, address currency, uint256 price, uint8 exclusivity, bool sublicensable, bool transferable, bytes32 termsHash, string termsURI) terms)'
const REVOKED = 'LicenseRevoked(uint256 indexed licenseId, address indexed revokedBy, uint64 effectiveAt, bytes32 reason)'
const TRANSFERRED = 'LicenseTransferred(uint256 indexed licenseId, address indexed from, address indexed to)'
const PAID =
  'RoyaltyPaid(address indexed asset, uint256 indexed tokenId, address indexed recipient, address payer, address currency, uint256 amount, uint256 basis, uint8 kind, uint256 licenseId, bytes32 saleRef)'
const VERIFIED =
  'GenerationProofVerified(address indexed asset, uint256 indexed tokenId, address indexed verifier, bytes32 proofHash, bytes32 modelId, bytes32 promptHash, bytes32 outputHash, uint8 proofType, uint64 challengeDeadline, string proofURI)'
const INVALIDATED =
  'GenerationProofInvalidated(address indexed asset, uint256 indexed tokenId, bytes32 indexed proofHash, address by, bytes32 reason)'
const DERIVED =
  'DerivativeRegistered(address indexed parentAsset, uint256 indexed parentTokenId, address indexed childAsset, uint256 childTokenId, uint256 licenseId, uint16 royaltyBps, uint8 relation)'

const asset = address(0xa55e7)
const decode = (signature: string, values: readonly unknown[]) => decodeBy(assetProvenance, encodeLog(signature, values))
const label = (text: string) => `0x${Buffer.from(text).toString('hex').padEnd(64, '0')}`

describe('LicenseGranted', () => {
  it('case 19: a NUL byte in termsURI is replaced, a megabyte is refused, whatever else the log says', () => {
    const grant = (termsURI: string) => {
      const terms = [0, ZERO_ADDRESS, 0, 0, ZERO_ADDRESS, 0, 0, false, true, ZERO_HASH, termsURI]
      return decode(GRANTED, [asset, 42, address(1), 8, address(2), terms])
    }
    expect(grant('ipfs://a\0b')).toMatchObject([{licenseId: 8n, termsURI: 'ipfs://a\uFFFDb'}])
    expect(() => grant('a'.repeat(2 ** 20))).toThrow('bytes')
  })

  const granted = {type: 'license.granted', collection: asset, tokenId: 42n, licenseId: 8n, licensor: address(2), licensee: address(1)}

  it('reads every term', () => {
    const terms = [3, address(4), 1_800_000_000, 1_900_000_000, address(5), MAX_UINT256, 2, true, false, hash(6), 'ipfs://terms']
    expect(decode(GRANTED, [asset, 42, address(1), 8, address(2), terms])).toEqual([
      {
        ...granted,
        parentLicenseId: 3n,
        revoker: address(4),
        startTime: 1_800_000_000n,
        expiry: 1_900_000_000n,
        currency: address(5),
        price: MAX_UINT256,
        exclusivity: 2,
        sublicensable: true,
        transferable: false,
        termsHash: hash(6),
        termsURI: 'ipfs://terms',
      },
    ])
  })

  it('reads zero as none, as the native coin, and as the time of the block', () => {
    const terms = [0, ZERO_ADDRESS, 0, 0, ZERO_ADDRESS, 0, 0, false, true, ZERO_HASH, '']
    expect(decode(GRANTED, [asset, 42, address(1), 8, address(2), terms])).toEqual([
      {
        ...granted,
        parentLicenseId: null,
        revoker: null,
        startTime: 1_700_000_000n,
        expiry: null,
        currency: ZERO_ADDRESS,
        price: 0n,
        exclusivity: 0,
        sublicensable: false,
        transferable: true,
        termsHash: null,
        termsURI: null,
      },
    ])
  })

  it('keeps a grant whose URI holds a NUL byte, and refuses one whose URI is a megabyte', () => {
    const grant = (uri: string) =>
      decode(GRANTED, [asset, 42, address(1), 8, address(2), [0, address(4), 0, 0, ZERO_ADDRESS, 0, 0, false, true, hash(6), uri]])
    expect(grant('ipfs://a\0b')).toEqual([expect.objectContaining({termsURI: 'ipfs://a\uFFFDb'})])
    expect(() => grant('x'.repeat(1_000_000))).toThrow(expect.objectContaining({reason: 'too_large'}))
  })
})

describe('LicenseRevoked and LicenseTransferred', () => {
  const revoked = {type: 'license.revoked', licenseId: 8n, revokedBy: address(4)}

  it('reads a revocation with notice, its reason a label or a hash', () => {
    expect(decode(REVOKED, [8, address(4), 1_800_000_000, label('breach of terms')])).toEqual([
      {...revoked, effectiveAt: 1_800_000_000n, reason: 'breach of terms'},
    ])
    const digest = `0x${'c3'.repeat(32)}`
    expect(decode(REVOKED, [8, address(4), 1_800_000_000, digest])).toEqual([{...revoked, effectiveAt: 1_800_000_000n, reason: digest}])
  })

  it('takes 0 as now, and no reason as none', () => {
    expect(decode(REVOKED, [8, address(4), 0, ZERO_HASH])).toEqual([{...revoked, effectiveAt: 1_700_000_000n, reason: null}])
  })

  it('reads a new holder', () => {
    expect(decode(TRANSFERRED, [8, address(1), address(9)])).toEqual([
      {type: 'license.transferred', licenseId: 8n, from: address(1), to: address(9)},
    ])
  })
})

it('RoyaltyPaid tells the net amount; basis, licence and sale are null when not told', () => {
  const paid = {
    type: 'royalty.paid',
    collection: asset,
    tokenId: 42n,
    payer: address(7),
    recipient: address(6),
    currency: ZERO_ADDRESS,
    gross: null,
    amount: 50n,
  }
  expect(decode(PAID, [asset, 42, address(6), address(7), ZERO_ADDRESS, 50, 1000, 1, 8, hash(5)])).toEqual([
    {...paid, basis: 1000n, kind: 1, licenseId: 8n, saleRef: hash(5)},
  ])
  expect(decode(PAID, [asset, 42, address(6), address(7), ZERO_ADDRESS, 50, 0, 255, 0, ZERO_HASH])).toEqual([
    {...paid, basis: null, kind: 255, licenseId: null, saleRef: null},
  ])
})

it('GenerationProofVerified is optimistic until its deadline, or final at once', () => {
  const verified = {
    type: 'generation.verified',
    collection: asset,
    tokenId: 42n,
    verifier: address(3),
    proofHash: hash(1),
    modelId: hash(2),
    promptHash: hash(3),
    outputHash: hash(4),
  }
  const hashes = [hash(1), hash(2), hash(3), hash(4)]
  expect(decode(VERIFIED, [asset, 42, address(3), ...hashes, 1, 1_700_604_800, 'ar://proof'])).toEqual([
    {...verified, proofType: 1, challengeDeadline: 1_700_604_800n, proofURI: 'ar://proof'},
  ])
  expect(decode(VERIFIED, [asset, 42, address(3), ...hashes, 0, 0, ''])).toEqual([
    {...verified, proofType: 0, challengeDeadline: null, proofURI: null},
  ])
})

it('GenerationProofInvalidated names the proof and who refuted it', () => {
  const invalidated = {type: 'generation.invalidated', collection: asset, tokenId: 42n, proofHash: hash(1), by: address(3)}
  expect(decode(INVALIDATED, [asset, 42, hash(1), address(3), label('wrong output')])).toEqual([{...invalidated, reason: 'wrong output'}])
  expect(decode(INVALIDATED, [asset, 42, hash(1), address(3), ZERO_HASH])).toEqual([{...invalidated, reason: ''}])
})

it('DerivativeRegistered is one edge; licence 0 is the owner at work', () => {
  const [parent, child] = [
    {collection: asset, tokenId: 42n},
    {collection: address(0xc41d), tokenId: 1n},
  ]
  const edge = {type: 'derivative.registered', parent, child}
  expect(decode(DERIVED, [asset, 42, child.collection, 1, 8, 500, 3])).toEqual([{...edge, licenseId: 8n, royaltyBps: 500, relation: 3}])
  expect(decode(DERIVED, [asset, 42, child.collection, 1, 0, 0, 0])).toEqual([{...edge, licenseId: null, royaltyBps: 0, relation: 0}])
})

it.each([
  ['a royalty kind that is no uint8', PAID.replace('uint8', 'uint256'), [asset, 1, asset, asset, asset, 1, 1, 256, 0, ZERO_HASH]],
  ['a share that is no uint16', DERIVED.replace('uint16', 'uint256'), [asset, 1, asset, 1, 0, 65_536, 0]],
  ['a time that is no uint64', REVOKED.replace('uint64', 'uint256'), [8, asset, 2n ** 64n, ZERO_HASH]],
  [
    'a payer that is no address',
    PAID.replace('address payer', 'uint256 payer'),
    [asset, 1, asset, 2n ** 160n, asset, 1, 1, 0, 0, ZERO_HASH],
  ],
])('refuses %s', (_, signature, values) => {
  const {topics, ...log} = encodeLog(signature, values)
  const layout = assetProvenance.layouts.find((candidate) => candidate.signature.startsWith(signature.slice(0, signature.indexOf('('))))
  expect(() => layout?.decode({...log, topics: [layout.topic0, ...topics.slice(1)]})).toThrow(
    expect.objectContaining({reason: 'out_of_range'}),
  )
})
