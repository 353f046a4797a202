import {describe, expect, test} from 'vitest'
import {foldTables} from '../../test/support/foldTables'
import {address, hash} from '../../test/support/givenEvents'
import {encodeLog} from '../../test/support/givenLogs'
import type {Address} from '../domain/hex'
import {STANDARDS} from '../standards/registry'
import {decodeLogs} from './decodeLogs'
import {createRouter} from './router'

const [STRANGER, ACCOUNT, REGISTRY] = [address(0xbad), address(0xacc), address(0x77)]
const [AUDITOR, ART] = [address(0xad), address(0xa7)]
const router = createRouter(STANDARDS)
const decode = (logs: Parameters<typeof decodeLogs>[0]) => decodeLogs(logs, router, new Set([REGISTRY])).events

describe('whose word counts', () => {
  const CREATED =
    'ERC6551AccountCreated(address account, address indexed implementation, bytes32 salt, uint256 chainId, address indexed tokenContract, uint256 indexed tokenId)'
  const bound = (emitter: Address, tokenContract: Address, logIndex: number) =>
    encodeLog(CREATED, [ACCOUNT, address(1), hash(2), 1n, tokenContract, 7n], {address: emitter, logIndex})

  test('a collection cannot bind somebody’s account to its own token; a registry that is trusted can [INV-3]', async () => {
    const events = decode([bound(STRANGER, STRANGER, 0), bound(REGISTRY, ART, 1)])
    expect(events.map(({authority}) => authority)).toEqual(['unverified', 'trusted'])
    expect((await foldTables(events)).TokenAccount?.map(({assetId}) => assetId)).toEqual([`1-${ART}-7`])
  })

  test('a commit is the word of who sent it, or of the contract itself; in the name of others only a trusted register speaks (ERC-7053)', () => {
    const COMMIT = 'Commit(address indexed recorder, string indexed assetCid, string commitData)'
    const committed = (recorder: Address, emitter: Address, logIndex: number, transactionFrom: Address | null = STRANGER) =>
      encodeLog(COMMIT, [recorder, 'bafy', ''], {address: emitter, logIndex, transactionFrom})
    const events = decode([
      committed(STRANGER, ART, 0),
      committed(ART, ART, 1),
      committed(AUDITOR, ART, 2),
      committed(AUDITOR, REGISTRY, 3),
      committed(AUDITOR, ART, 4, null),
    ])
    expect(events.map(({authority}) => authority)).toEqual(['self', 'self', 'unverified', 'trusted', 'unverified'])
  })

  test('a contract attests itself in its own name, and in nobody else’s', () => {
    const ATTESTED = 'Attested(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID)'
    const attested = (recipient: Address, attester: Address, emitter: Address, logIndex: number) =>
      encodeLog(ATTESTED, [recipient, attester, hash(9 + logIndex), hash(3)], {address: emitter, logIndex})
    const events = decode([
      attested(STRANGER, AUDITOR, STRANGER, 0),
      attested(ART, STRANGER, STRANGER, 1),
      attested(STRANGER, STRANGER, STRANGER, 2),
      attested(STRANGER, AUDITOR, REGISTRY, 3),
    ])
    expect(events.map(({authority}) => authority)).toEqual(['unverified', 'unverified', 'self', 'trusted'])
  })
})
