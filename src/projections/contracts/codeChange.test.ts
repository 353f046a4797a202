import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt} from '../../../test/support/givenEvents'
import type {EventBody} from '../../domain/event'
import type {Address} from '../../domain/hex'

const [BEACON, OTHER] = [address(0xbe), address(0xbf)]
const PROXIES = [address(1), address(2), address(3)]
const on = (beacon: Address): EventBody => ({type: 'contract.upgraded', implementation: null, beacon})
const upgraded = (n: number): EventBody => ({type: 'contract.upgraded', implementation: address(n)})
const from = (block: number, emitter: Address, body: EventBody) => eventAt({block}, body, {emitter})

test('case 9: a beacon is upgraded once, whatever proxies are on it; they keep no implementation of their own', async () => {
  const {Collection, ContractUpgrade} = await foldTables(
    [from(1, BEACON, upgraded(0x111))],
    PROXIES.map((proxy, i) => from(2 + i, proxy, on(BEACON))),
    [from(9, BEACON, upgraded(0x222))],
  )
  expect(ContractUpgrade?.filter(({collectionId}) => collectionId === `1-${BEACON}`)).toMatchObject([
    {kind: 'upgraded', implementation: address(0x111), previousImplementation: null},
    {kind: 'upgraded', implementation: address(0x222), previousImplementation: address(0x111)},
  ])
  expect(ContractUpgrade?.filter(({kind}) => kind === 'beaconChanged').map(({address, beacon}) => [address, beacon])).toEqual(
    PROXIES.map((proxy) => [proxy, BEACON]),
  )
  expect(Collection?.filter(({beacon}) => beacon === BEACON)).toHaveLength(3)
})

test('a proxy that leaves a beacon had the code of the beacon', async () => {
  const {Collection, ContractUpgrade} = await foldTables(
    [from(1, BEACON, upgraded(0x111)), from(2, PROXIES[0] as Address, on(BEACON))],
    [from(3, PROXIES[0] as Address, on(OTHER))],
    [from(4, PROXIES[0] as Address, upgraded(0x333))],
  )
  expect(ContractUpgrade?.slice(2)).toMatchObject([
    {kind: 'beaconChanged', beacon: OTHER, implementation: null, previousImplementation: address(0x111)},
    {kind: 'upgraded', implementation: address(0x333), previousImplementation: null, beacon: null},
  ])
  expect(Collection?.find(({address}) => address === PROXIES[0])).toMatchObject({implementation: address(0x333), beacon: null})
})

test('who may upgrade, and the functions of a diamond, are part of its history', async () => {
  const cut: EventBody = {type: 'contract.facetsChanged', facets: [{facet: address(9), action: 'add', selectors: ['0x01020304']}]}
  const admin: EventBody = {type: 'contract.adminChanged', previousAdmin: address(0), admin: address(7)}
  const {Collection, ContractUpgrade} = await foldTables([from(1, BEACON, admin), from(2, BEACON, cut)])
  expect(ContractUpgrade).toMatchObject([
    {kind: 'adminChanged', admin: address(7), previousAdmin: address(0), implementation: null},
    {kind: 'facetsChanged', facets: `[{"facet":"${address(9)}","action":"add","selectors":["0x01020304"]}]`},
  ])
  expect(Collection).toMatchObject([{admin: address(7), implementation: null}])
})

test('a proxy that takes a beacon nobody told of, and leaves it in the same batch, is no broken invariant [INV-8]', async () => {
  const [proxy] = PROXIES
  const {ContractUpgrade} = await foldTables([
    eventAt({logIndex: 1}, on(OTHER), {emitter: proxy}),
    eventAt({logIndex: 2}, {type: 'contract.upgraded', implementation: address(0x333)}, {emitter: proxy}),
  ])
  expect(ContractUpgrade?.map(({kind, previousImplementation}) => [kind, previousImplementation])).toEqual([
    ['beaconChanged', null],
    ['upgraded', null],
  ])
})
