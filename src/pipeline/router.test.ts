import {id} from 'ethers'
import {describe, expect, it} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {givenLog, word} from '../../test/support/givenLogs'
import {type Hex, parseHash32} from '../domain/hex'
import type {Standard} from '../domain/standard'
import {createRouter, minTopics, type Route, routeLog, topic0s} from './router'

const TRANSFER = parseHash32(id('Transfer(address,address,uint256)'))
const UPDATE = parseHash32(id('MetadataUpdate(uint256)'))
const [tokens, metadata, older] = [address(1), address(2), address(3)]

const layout = (topic0: typeof TRANSFER, topicCount: number) => ({signature: 'A()', topic0, topicCount, decode: () => []})
const erc721: Standard = {
  name: 'erc721',
  title: '',
  source: '',
  layouts: [layout(TRANSFER, 4)],
  foreign: [{topic0: TRANSFER, topicCount: 3, reason: 'ERC-20'}],
}
const older721: Standard = {name: 'older721', title: '', source: '', layouts: [layout(TRANSFER, 3), layout(TRANSFER, 4)]}
const erc4906: Standard = {name: 'erc4906', title: '', source: '', layouts: [layout(UPDATE, 1)]}

const standardsByAddress = new Map([
  [tokens, ['erc721']],
  [metadata, ['erc4906']],
  [older, ['older721', 'erc4906']],
])
const all = createRouter([erc721, erc4906])
const perContract = createRouter([erc721, older721, erc4906], {standardsByAddress})

/** `layouts` are told by their standards. */
function told(route: Route | null): string {
  if (route === null) return 'nobody'
  return route.kind === 'layouts' ? route.layouts.map(({standard}) => standard).join() : route.kind
}
const route = (router: typeof all, topic0: Hex, count: number, emitter = address(9)) =>
  told(
    routeLog(router, givenLog({address: emitter, topics: Array.from({length: count}, (_, i): Hex => (i === 0 ? topic0 : `0x${word(i)}`))})),
  )

describe('the router', () => {
  it('tells the events of one topic0 apart by the number of topics', () => {
    expect([1, 2, 3, 4, 5].map((count) => route(all, TRANSFER, count))).toEqual(['unknown', 'unknown', 'foreign', 'erc721', 'unknown'])
  })

  it('leaves alone what is not ours, and logs without topics', () => {
    expect(route(all, hash(5), 1)).toBe('nobody')
    expect(routeLog(all, givenLog())).toBeNull()
  })

  it('reads a contract by the standards it is configured with, others by all', () => {
    expect([tokens, metadata, older, address(9)].map((emitter) => route(perContract, TRANSFER, 4, emitter))).toEqual([
      'erc721',
      'nobody',
      'older721',
      'erc721,older721',
    ])
  })

  it('believes a layout before a claim that the shape is foreign', () => {
    expect([tokens, older, address(9)].map((emitter) => route(perContract, TRANSFER, 3, emitter))).toEqual([
      'foreign',
      'older721',
      'older721',
    ])
  })

  it('asks a layout that names its contracts for their logs alone; to all others it is as if it were not there', () => {
    const own: Standard = {
      ...older721,
      name: 'own',
      layouts: [layout(TRANSFER, 3), layout(UPDATE, 2), layout(hash(5), 1)].map((one) => ({...one, emitters: new Set([older])})),
    }
    const router = createRouter([own, erc721, erc4906])
    const routes = (emitter: typeof older) =>
      [[TRANSFER, 3] as const, [TRANSFER, 4] as const, [UPDATE, 2] as const, [hash(5), 1] as const].map(([topic0, count]) =>
        route(router, topic0, count, emitter),
      )
    expect(routes(older)).toEqual(['own', 'erc721', 'own', 'own'])
    expect(routes(tokens)).toEqual(['foreign', 'erc721', 'unknown', 'nobody'])
    expect(topic0s(router)).toEqual([TRANSFER, UPDATE, hash(5)].sort())
    expect([minTopics(all), minTopics(router)]).toEqual([{[TRANSFER]: 4}, {}])
  })

  it('tells what to subscribe to, in all and for a contract', () => {
    expect(topic0s(all)).toEqual([TRANSFER, UPDATE].sort())
    expect([tokens, metadata, address(9)].map((emitter) => topic0s(perContract, emitter))).toEqual([
      [TRANSFER],
      [UPDATE],
      [TRANSFER, UPDATE].sort(),
    ])
  })

  it('treats null like a contract that is not named', () => {
    const router = createRouter([erc721, erc4906], {standardsByAddress: new Map([[tokens, null]])})
    expect(route(router, UPDATE, 1, tokens)).toBe('erc4906')
  })

  it('refuses a standard that does not exist', () => {
    expect(() => createRouter([erc721], {standardsByAddress: new Map([[tokens, ['erc722']]])})).toThrow(
      'not a valid standard: "erc722"; expected one of erc721',
    )
  })
})
