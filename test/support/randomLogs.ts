import {AbiCoder, Interface, keccak256, MaxUint256, toUtf8Bytes, ZeroAddress, ZeroHash} from 'ethers'
import assetProvenance from '../../abi/asset-provenance.json'
import eas from '../../abi/eas.json'
import erc721 from '../../abi/erc721.json'
import erc1155 from '../../abi/erc1155.json'
import erc1967 from '../../abi/erc1967.json'
import erc2309 from '../../abi/erc2309.json'
import erc4906 from '../../abi/erc4906.json'
import erc4907 from '../../abi/erc4907.json'
import erc5192 from '../../abi/erc5192.json'
import erc6551 from '../../abi/erc6551.json'
import erc7007 from '../../abi/erc7007.json'
import erc7007Reference from '../../abi/erc7007-reference.json'
import erc7053 from '../../abi/erc7053.json'
import erc7572 from '../../abi/erc7572.json'
import limitBreak from '../../abi/limit-break-royalties.json'
import manifold from '../../abi/manifold-royalties-multi.json'
import oao from '../../abi/ora-oao.json'
import splitsV2 from '../../abi/splits-v2.json'
import story from '../../abi/story-protocol.json'
import storyRoyalties from '../../abi/story-royalties.json'
import {CREATED, STAKED} from './ownShapes'

export type RawLog = Readonly<{address: string; topics: readonly string[]; data: string}>
export type Random = () => number

/** Mulberry32: small, seeded, good enough to choose test data. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const addressOf = (tag: string, i: number) => `0x${tag}${i.toString(16).padStart(38, '0')}`
export const ART = addressOf('a1', 1)
export const EDITIONS = addressOf('a2', 1)
export const RANGE = addressOf('a3', 1)
/** On the operator's list. */
export const REGISTRY = addressOf('a4', 1)
export const STRANGER = addressOf('a5', 1)

const log = (abi: unknown, address: string, name: string, values: readonly unknown[]): RawLog => {
  const codec = new Interface(abi as never)
  return {address, ...codec.encodeEventLog(codec.getEvent(name) as never, values)}
}

type Draw = Readonly<{
  account: () => string
  token: () => bigint
  number: (below: number) => number
  hash: () => string
  amount: () => bigint
}>

function drawFrom(random: Random): Draw {
  const number = (below: number) => Math.floor(random() * below)
  return {
    number,
    account: () => addressOf('ee', 1 + number(5)),
    token: () => (number(8) === 0 ? MaxUint256 - BigInt(number(3)) : BigInt(number(12))),
    hash: () => keccak256(toUtf8Bytes(`prompt ${number(6)}`)),
    amount: () => (number(10) === 0 ? 2n ** 200n : BigInt(number(1000))),
  }
}

const about = (draw: Draw): string => [ART, ART, REGISTRY, STRANGER][draw.number(4)] as string

const royaltyPaid = (d: Draw, emitter: string): RawLog =>
  log(assetProvenance, emitter, 'RoyaltyPaid', [
    ART,
    d.token(),
    d.account(),
    d.account(),
    ZeroAddress,
    d.amount(),
    d.amount(),
    d.number(4),
    0n,
    ZeroHash,
  ])

/** One maker per event kind of the first release, and three kinds of garbage. */
export const KINDS: Readonly<Record<string, (draw: Draw) => RawLog>> = {
  mint: (d) => log(erc721, ART, 'Transfer', [ZeroAddress, d.account(), d.token()]),
  transfer: (d) => log(erc721, ART, 'Transfer', [d.account(), d.account(), d.token()]),
  burn: (d) => log(erc721, ART, 'Transfer', [d.account(), ZeroAddress, d.token()]),
  single: (d) =>
    log(erc1155, EDITIONS, 'TransferSingle', [d.account(), [ZeroAddress, d.account()][d.number(2)], d.account(), d.token(), d.amount()]),
  batch: (d) =>
    log(erc1155, EDITIONS, 'TransferBatch', [d.account(), ZeroAddress, d.account(), [1n, 2n, 1n], [d.amount(), d.amount(), d.amount()]]),
  uri: (d) => log(erc1155, EDITIONS, 'URI', [`ipfs://edition/${d.number(9)}`, d.token()]),
  range: (d) => log(erc2309, RANGE, 'ConsecutiveTransfer', [BigInt(d.number(20)), BigInt(d.number(30)), ZeroAddress, d.account()]),
  hugeRange: (d) => log(erc2309, RANGE, 'ConsecutiveTransfer', [0n, MaxUint256, ZeroAddress, d.account()]),
  update: (d) => log(erc4906, ART, 'MetadataUpdate', [d.token()]),
  batchUpdate: (d) => log(erc4906, ART, 'BatchMetadataUpdate', [BigInt(d.number(9)), [BigInt(d.number(9)), MaxUint256][d.number(2)]]),
  contractUri: () => log(erc7572, ART, 'ContractURIUpdated', []),
  claim: (d) =>
    log(erc7007, ART, 'AigcData', [d.token(), toUtf8Bytes(`prompt ${d.number(6)}`), toUtf8Bytes(`image ${d.number(3)}`), '0x01']),
  claimReadable: (d) =>
    log(erc7007Reference, ART, 'AigcData', [d.token(), toUtf8Bytes(`prompt ${d.number(6)}`), toUtf8Bytes('image'), '0x']),
  contentUpdate: (d) => log(erc7007, ART, 'Update', [d.token(), toUtf8Bytes(`prompt ${d.number(6)}`), toUtf8Bytes('image')]),
  grant: (d) =>
    log(assetProvenance, about(d), 'LicenseGranted', [
      ART,
      d.token(),
      d.account(),
      BigInt(1 + d.number(40)),
      d.account(),
      [
        BigInt(d.number(20)),
        d.account(),
        0,
        BigInt(d.number(2)) * 2_000_000_000n,
        ZeroAddress,
        d.amount(),
        d.number(3),
        true,
        true,
        d.hash(),
        'ipfs://\u{1F5BC}\u0000terms',
      ],
    ]),
  revoke: (d) => log(assetProvenance, about(d), 'LicenseRevoked', [BigInt(1 + d.number(40)), d.account(), 1_800_000_000n, d.hash()]),
  licenseTransfer: (d) => log(assetProvenance, about(d), 'LicenseTransferred', [BigInt(1 + d.number(40)), d.account(), d.account()]),
  royalty: (d) => royaltyPaid(d, about(d)),
  strangersRoyalty: (d) => royaltyPaid(d, STRANGER),
  proof: (d) =>
    log(assetProvenance, about(d), 'GenerationProofVerified', [
      ART,
      d.token(),
      d.account(),
      d.hash(),
      d.hash(),
      d.hash(),
      d.hash(),
      d.number(4),
      0,
      'ipfs://proof',
    ]),
  invalid: (d) => log(assetProvenance, about(d), 'GenerationProofInvalidated', [ART, d.token(), d.hash(), d.account(), ZeroHash]),
  derivative: (d) =>
    log(assetProvenance, about(d), 'DerivativeRegistered', [ART, d.token(), ART, d.token(), BigInt(d.number(5)), 500, d.number(4)]),
  upgrade: (d) => log(erc1967, ART, 'Upgraded', [d.account()]),
  beacon: () => log(erc1967, ART, 'BeaconUpgraded', [RANGE]),
  beaconUpgrade: (d) => log(erc1967, RANGE, 'Upgraded', [d.account()]),
  admin: (d) => log(erc1967, ART, 'AdminChanged', [d.account(), d.account()]),
  lock: (d) => log(erc5192, ART, d.number(2) === 0 ? 'Locked' : 'Unlocked', [d.token()]),
  rent: (d) => log(erc4907, ART, 'UpdateUser', [d.token(), d.number(4) === 0 ? ZeroAddress : d.account(), 1_900_000_000n]),
  bind: (d) =>
    log(erc6551, [REGISTRY, STRANGER][d.number(2)] as string, 'ERC6551AccountCreated', [
      d.account(),
      ART,
      ZeroHash,
      31337n,
      ART,
      d.token(),
    ]),
  terms: (d) => log(story, REGISTRY, 'LicenseTermsRegistered', [BigInt(1 + d.number(3)), REGISTRY, '0x']),
  attach: (d) => log(story, REGISTRY, 'LicenseTermsAttached', [d.account(), d.account(), REGISTRY, BigInt(1 + d.number(3))]),
  licenseTokens: (d) =>
    log(story, REGISTRY, 'LicenseTokensMinted', [d.account(), d.account(), REGISTRY, 1n, 2n, d.account(), BigInt(100 + d.number(900))]),
  commit: (d) => log(erc7053, ART, 'Commit', [d.account(), `bafy${d.number(9)}`, '{}']),
  committed: (d) => log(story, REGISTRY, 'MetadataURISet', [d.account(), 'ipfs://ip', d.hash()]),
  attest: (d) =>
    log(eas, [REGISTRY, STRANGER][d.number(2)] as string, 'Attested', [[ART, d.account()][d.number(2)], d.account(), d.hash(), ZeroHash]),
  unattest: (d) => log(eas, REGISTRY, 'Revoked', [ART, d.account(), d.hash(), ZeroHash]),
  ask: (d) => {
    const prompt = toUtf8Bytes(`prompt ${d.number(6)}`)
    return log(oao, REGISTRY, 'AICallbackRequest', [d.account(), BigInt(d.number(9)), 50n, prompt, ART, 1n, '0x'])
  },
  answer: (d) =>
    log(oao, REGISTRY, 'AICallbackResult', [d.account(), BigInt(d.number(9)), d.account(), toUtf8Bytes(`image ${d.number(3)}`)]),
  storyRoyalty: (d) =>
    log(storyRoyalties, REGISTRY, 'RoyaltyPaid', [d.account(), d.account(), d.account(), ZeroAddress, d.amount(), d.amount()]),
  terms2981: (d) => log(limitBreak, ART, 'TokenRoyaltySet', [d.token(), d.account(), BigInt(d.number(1000))]),
  termsOfAll: (d) =>
    log(manifold, about(d), 'DefaultRoyaltySet', [
      1000,
      [
        [d.account(), 4000],
        [d.account(), 6000],
      ],
    ]),
  split: (d) => log(splitsV2, about(d), 'SplitUpdated', [[[d.account(), d.account()], [d.amount(), 5n], 5n + d.amount(), 100]]),
  splitPaid: (d) => log(splitsV2, about(d), 'SplitDistributed', [ZeroAddress, d.account(), d.amount()]),
  stake: (d) => log([`event ${STAKED}`], REGISTRY, 'Staked', [ART, d.token(), d.amount()]),
  created: (d) => log([`event ${CREATED}`], REGISTRY, 'CollectionCreated', [d.account()]),
  truncated: (d) => ({
    ...log(assetProvenance, STRANGER, 'LicenseTransferred', [1n, d.account(), d.account()]),
    data: '0x',
    topics: [...log(erc4906, ART, 'MetadataUpdate', [1n]).topics],
  }),
  unknownLayout: (d) => ({
    address: STRANGER,
    topics: [log(erc721, ART, 'Transfer', [ZeroAddress, d.account(), 1n]).topics[0] as string],
    data: AbiCoder.defaultAbiCoder().encode(['uint256'], [1n]),
  }),
  foreign: (d) => ({address: STRANGER, topics: [keccak256(toUtf8Bytes(`Nobody${d.number(3)}()`))], data: '0x'}),
}

/** Tables that these logs do not fill: each has a transaction of its own, and what fills them takes several logs of one. */
export const UNFILLED: ReadonlySet<string> = new Set(['event_link', 'sale', 'sale_item', 'sale_payment', 'sale_order', 'royalty_due'])

/** Every kind once, in an order of the seed's, then `more` at random. */
export function randomLogs(random: Random, more: number): readonly RawLog[] {
  const draw = drawFrom(random)
  const makers = Object.values(KINDS)
  const all = makers.map((make) => ({make, at: random()})).sort((a, b) => a.at - b.at)
  const rest = Array.from({length: more}, () => makers[draw.number(makers.length)] as (d: Draw) => RawLog)
  return [...all.map(({make}) => make), ...rest].map((make) => make(draw))
}

/** Cut into `blocks` runs of about the same length. */
export const intoBlocks = <T>(items: readonly T[], blocks: number): readonly (readonly T[])[] =>
  Array.from({length: blocks}, (_, i) =>
    items.slice(Math.floor((i * items.length) / blocks), Math.floor(((i + 1) * items.length) / blocks)),
  )
