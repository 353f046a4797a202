import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {EMITTER, encodeLog, givenLog, word} from '../../test/support/givenLogs'
import {readRecordedBlock} from '../../test/support/recordedNode'
import type {EventBody} from '../domain/event'
import {type Address, type Hex, parseAddress, parseHash32} from '../domain/hex'
import type {Log} from '../domain/log'
import {DecodeError, type Standard} from '../domain/standard'
import {STANDARDS} from '../standards/registry'
import {decodeLogs} from './decodeLogs'
import {createRouter, topic0s} from './router'

const router = createRouter(STANDARDS)
const decode = (logs: readonly Log[], trusted: readonly Address[] = []) => decodeLogs(logs, router, new Set(trusted))

const TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'
const BATCH = 'TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)'
const INVALIDATED =
  'GenerationProofInvalidated(address indexed asset, uint256 indexed tokenId, bytes32 indexed proofHash, address by, bytes32 reason)'
const DERIVED =
  'DerivativeRegistered(address indexed parentAsset, uint256 indexed parentTokenId, address indexed childAsset, uint256 childTokenId, uint256 licenseId, uint16 royaltyBps, uint8 relation)'
const parties = [address(1), address(2), 3]

describe('events', () => {
  it('name the log they came from, its emitter, and the standard that read it [INV-2]', () => {
    const log = encodeLog(TRANSFER, parties, {chainId: 137, logIndex: 7})
    expect(decode([log])).toEqual({
      failures: [],
      events: [
        {
          ref: {
            key: '0000000000000137-0000000100-000007-000000',
            chainId: 137,
            blockNumber: 100,
            blockHash: log.blockHash,
            timestamp: 1_700_000_000,
            transactionHash: log.transactionHash,
            transactionFrom: log.transactionFrom,
            logIndex: 7,
            subIndex: 0,
          },
          emitter: EMITTER,
          standard: 'erc721',
          authority: 'self',
          type: 'token.transferred',
          namespace: 'erc721',
          collection: EMITTER,
          from: address(1),
          to: address(2),
          tokenId: 3n,
          amount: 1n,
          operator: null,
        },
      ],
    })
  })

  it('of one log are told apart by their sub index, and keep the order of the chain', () => {
    const batch = encodeLog(BATCH, [address(1), address(2), address(3), [5, 5, 6], [1, 1, 1]], {logIndex: 1})
    const keys = decode([encodeLog(TRANSFER, parties), batch, encodeLog(TRANSFER, parties, {logIndex: 2})]).events.map(({ref}) => ref.key)
    expect(keys.map((key) => key.slice(-13))).toEqual(['000000-000000', '000001-000000', '000001-000001', '000001-000002', '000002-000000'])
    expect([...keys].sort()).toEqual(keys)
  })
})

describe('a log that is no event', () => {
  it('case 20: is a failure beside the events of its neighbours when its data is cut [INV-2] [INV-8]', () => {
    const broken = {...encodeLog('MetadataUpdate(uint256 _tokenId)', [1], {logIndex: 1}), data: '0x1234' as Hex}
    const {events, failures} = decode([encodeLog(TRANSFER, parties), broken, encodeLog(TRANSFER, parties, {logIndex: 2})])
    expect(events.map(({ref}) => ref.logIndex)).toEqual([0, 2])
    expect(failures).toMatchObject([{logIndex: 1, reason: 'malformed', signature: 'MetadataUpdate(uint256 _tokenId)', dataBytes: 2}])
  })

  it('is passed over when nobody claims it, it has no topics, or it says nothing', () => {
    const empty = encodeLog(BATCH, [address(1), address(2), address(3), [], []])
    expect(decode([givenLog({topics: [hash(1)]}), givenLog(), empty])).toEqual({events: [], failures: []})
  })
})

describe('authority', () => {
  const [asset, registry] = [address(0xa), address(0xb)]
  const authorityOf = (signature: string, values: readonly unknown[], emitter: Address) =>
    decode([encodeLog(signature, values, {address: emitter})], [registry]).events[0]?.authority

  it('is the contract itself, a trusted registry, or a stranger', () => {
    const claim = [asset, 1, hash(1), address(3), hash(0)]
    expect([asset, registry, address(0xc)].map((emitter) => authorityOf(INVALIDATED, claim, emitter))).toEqual([
      'self',
      'trusted',
      'unverified',
    ])
  })

  it('lets only the contract of the child declare descent', () => {
    const edge = [address(0xd), 1, asset, 2, 0, 500, 0]
    expect([asset, address(0xd), registry].map((emitter) => authorityOf(DERIVED, edge, emitter))).toEqual(['self', 'unverified', 'trusted'])
  })

  it('is its own where an event can only touch what the emitter keeps', () => {
    const revoked = 'LicenseRevoked(uint256 indexed licenseId, address indexed revokedBy, uint64 effectiveAt, bytes32 reason)'
    const transferred = 'LicenseTransferred(uint256 indexed licenseId, address indexed from, address indexed to)'
    expect(authorityOf(revoked, [1, address(2), 5, hash(0)], address(0xc))).toBe('self')
    expect(authorityOf(transferred, [1, address(2), address(3)], address(0xc))).toBe('self')
    expect(authorityOf('Upgraded(address indexed implementation)', [address(2)], address(0xc))).toBe('self')
  })
})

describe("a stranger's word about holdings or metadata", () => {
  const body: EventBody = {type: 'metadata.changed', collection: address(0xa), scope: {kind: 'contract'}, uri: null}
  const layouts = [{signature: 'Changed()', topic0: hash(0x71), topicCount: 1, decode: () => [body]}]
  const router = createRouter([{name: 'configured', title: '', source: '', layouts}])
  const saidBy = (emitter: Address) => decodeLogs([givenLog({topics: [hash(0x71)], address: emitter})], router, new Set([address(0xb)]))

  it('is a stored failure, since their tables hold no claims; a trusted contract is heard [INV-2]', () => {
    expect(saidBy(address(0xc))).toMatchObject({events: [], failures: [{signature: 'Changed()', reason: 'out_of_range'}]})
    expect([saidBy(address(0xa)), saidBy(address(0xb))].map(({events}) => events[0]?.authority)).toEqual(['self', 'trusted'])
  })
})

describe('standards that claim the same log', () => {
  const topic0 = hash(0x70)
  const upgraded: EventBody = {type: 'contract.upgraded', implementation: address(1)}
  const reading = (name: string, decodeIt: () => readonly EventBody[]): Standard => ({
    name,
    title: name,
    source: name,
    layouts: [{signature: `${name}()`, topic0, topicCount: 1, decode: decodeIt}],
  })
  const says = reading('says', () => [upgraded])
  const silent = reading('silent', () => [])
  const refuses = reading('refuses', () => {
    throw new DecodeError('out_of_range', 'too\nbig')
  })
  const breaks = reading('breaks', () => {
    throw new TypeError('x'.repeat(5_000))
  })
  const outcome = (...standards: readonly Standard[]) => decodeLogs([givenLog({topics: [topic0]})], createRouter(standards), new Set())

  it('are asked in order, and the first with an event has it', () => {
    expect(
      outcome(
        refuses,
        silent,
        says,
        reading('late', () => [upgraded]),
      ).events.map(({standard}) => standard),
    ).toEqual(['says'])
  })

  it('leave the first failure when none can read it, and none when one could', () => {
    expect(outcome(refuses, breaks).failures).toMatchObject([{signature: 'refuses()', reason: 'out_of_range', detail: 'too big'}])
    expect(outcome(breaks, silent)).toEqual({events: [], failures: []})
  })

  it('have anything else they throw stored as malformed, at most 300 characters of it', () => {
    expect(outcome(breaks).failures).toMatchObject([{reason: 'malformed', detail: `${'x'.repeat(299)}…`}])
  })
})

describe('recorded blocks', () => {
  const logsOf = (name: string): readonly Log[] => {
    const {chainId, block, receipts} = readRecordedBlock(name)
    return receipts.flatMap(({logs}) =>
      logs.map((log) =>
        givenLog({
          chainId,
          blockNumber: Number(block.number),
          blockHash: parseHash32(block.hash),
          timestamp: Number(block.timestamp),
          transactionHash: parseHash32(log.transactionHash),
          logIndex: Number(log.logIndex),
          address: parseAddress(log.address),
          topics: log.topics as readonly Hex[],
          data: log.data as Hex,
        }),
      ),
    )
  }

  it.each([
    ['ethereum/15600000', {'erc721 token.transferred': 75, 'erc1155 token.transferred': 2, 'seaport order.filled': 5}],
    ['ethereum/17173049', {'erc721 token.transferred': 8, 'seaport order.filled': 1}],
    ['ethereum/17173050', {'erc721 token.transferred': 1, 'erc1155 token.transferred': 1}],
    ['ethereum/22434160', {'erc721 token.transferred': 3, 'erc2309 token.rangeTransferred': 1, 'seaport order.filled': 2}],
    ['optimism/154497277', {'erc721 token.transferred': 20, 'erc1155 token.transferred': 1, 'erc4906 metadata.changed': 13}],
  ])('%s has the events that others found in it, and no failure', (name, expected) => {
    const {events, failures} = decode(logsOf(name))
    const counts: Record<string, number> = {}
    for (const {standard, type} of events) counts[`${standard} ${type}`] = (counts[`${standard} ${type}`] ?? 0) + 1
    expect({counts, failures}).toEqual({counts: expected, failures: []})
  })
})

it('no log makes it throw, and none with a known topic0 is lost [INV-2] [INV-8]', () => {
  const words = fc.array(fc.oneof(fc.bigInt({min: 0n, max: 320n}), fc.bigInt({min: 0n, max: 2n ** 256n - 1n})).map(word), {maxLength: 24})
  const bytes = fc.oneof(
    words.map((list) => list.join('')),
    fc.uint8Array({maxLength: 400}).map((array) => Buffer.from(array).toString('hex')),
  )
  const topics = fc.tuple(
    fc.constantFrom(...topic0s(router)),
    words.map((list) => list.slice(0, 4).map((digits): Hex => `0x${digits}`)),
  )
  fc.assert(
    fc.property(topics, bytes, ([topic0, rest], data) => {
      const log = givenLog({topics: [topic0, ...rest], data: `0x${data}`})
      const {events, failures} = decode([log])
      const foreign = rest.length === 2 && topic0.startsWith('0xddf252ad')
      const emptyBatch = rest.length === 3 && topic0.startsWith('0x4a39dc06')
      expect(events.length + failures.length > 0 || foreign || emptyBatch).toBe(true)
    }),
    {seed: 1, numRuns: 3_000},
  )
})
