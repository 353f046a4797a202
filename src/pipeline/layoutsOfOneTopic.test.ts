import {keccak256} from 'ethers'
import {expect, it} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {EMITTER, encodeLog} from '../../test/support/givenLogs'
import type {Log} from '../domain/log'
import {STANDARDS} from '../standards/registry'
import {decodeLogs} from './decodeLogs'
import {createRouter} from './router'

// One topic0, several layouts: told apart by the number of topics.
const router = createRouter(STANDARDS)
const decode = (logs: readonly Log[]) => decodeLogs(logs, router, new Set())

const TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'
const ERC20_TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 value)'
const OLD_TRANSFER = 'Transfer(address from, address to, uint256 tokenId)'
const AIGC = [
  'uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData',
  'uint256 indexed tokenId, bytes indexed prompt, bytes aigcData',
  'uint256 tokenId, bytes prompt, bytes aigcData',
]
const parties = [address(1), address(2), 3]

it('case 1: AigcData with 4, 3 and 1 topics at one address are three claims of one meaning', () => {
  const logs = AIGC.map((inputs, logIndex) => encodeLog(`AigcData(${inputs}, bytes proof)`, [7, '0x01', '0x02', '0x03'], {logIndex}))
  expect(logs.map(({topics}) => topics.length)).toEqual([4, 3, 1])
  const {events, failures} = decode(logs)
  expect([events.length, failures]).toEqual([3, []])
  expect(
    new Set(
      events.map(
        ({type, ...event}) => 'promptHash' in event && [type, event.emitter, event.authority, event.promptHash, event.outputHash].join(),
      ),
    ).size,
  ).toBe(1)
  expect(events[0]).toMatchObject({type: 'generation.claimed', tokenId: 7n, promptHash: keccak256('0x01'), outputHash: keccak256('0x02')})
})

it('case 2: tells ERC-20, ERC-721 and the older 1-topic Transfer of one block apart', () => {
  const logs = [ERC20_TRANSFER, TRANSFER, OLD_TRANSFER].map((signature, logIndex) => encodeLog(signature, parties, {logIndex}))
  const {events, failures} = decode(logs)
  expect(events.map(({ref}) => ref.logIndex)).toEqual([1])
  expect(failures).toEqual([
    {
      id: '0000000000000001-0000000100-000002-000000',
      chainId: 1n,
      blockNumber: 100,
      logIndex: 2,
      timestamp: new Date('2023-11-14T22:13:20Z'),
      transactionHash: hash(0x7c),
      address: EMITTER,
      topic0: logs[2]?.topics[0],
      topicCount: 1,
      dataBytes: 96,
      signature: TRANSFER,
      reason: 'unknown_layout',
      detail: 'no layout with 1 topics',
    },
  ])
})
