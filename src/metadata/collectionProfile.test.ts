import {AbiCoder, encodeBytes32String, hexlify} from 'ethers'
import {describe, expect, test} from 'vitest'
import type {Address, Hex} from '../domain/hex'
import {buildProfileCalls, parseProfile} from './collectionProfile'
import type {CallResult} from './ethCall'

const ok = (type: string, value: unknown): CallResult => ({ok: true, data: AbiCoder.defaultAbiCoder().encode([type], [value]) as Hex})
const reverted: CallResult = {ok: false, reason: 'reverted'}

describe('buildProfileCalls', () => {
  test('asks name, symbol and the two ERC-165 ids by their selectors', () => {
    expect(buildProfileCalls('0xab' as Address).map((c) => c.data.slice(0, 18))).toEqual([
      '0x06fdde03',
      '0x95d89b41',
      '0x01ffc9a780ac58cd',
      '0x01ffc9a7d9b67a26',
    ])
  })
})

describe('parseProfile', () => {
  test('reads strings and the standard', () => {
    expect(parseProfile([ok('string', 'Dreams'), ok('string', 'DRM'), ok('bool', true), ok('bool', false)])).toEqual({
      name: 'Dreams',
      symbol: 'DRM',
      nameFailure: null,
      standard: 'erc721',
    })
  })

  test('reads the bytes32 names of early contracts', () => {
    const early: CallResult = {ok: true, data: encodeBytes32String('Maker') as Hex}
    expect(parseProfile([early, early, reverted, ok('bool', true)])).toMatchObject({name: 'Maker', standard: 'erc1155'})
  })

  test('a contract without the functions has a profile that says so', () => {
    expect(parseProfile([reverted, reverted, reverted, reverted])).toEqual({
      name: null,
      symbol: null,
      nameFailure: 'reverted',
      standard: null,
    })
  })

  test('[INV-8] garbage, NUL bytes, lone bytes and endless names end as bounded text or none', () => {
    const bytes = (hex: string): CallResult => ok('bytes', hex)
    const absurdLength: CallResult = {ok: true, data: `0x${'20'.padStart(64, '0')}${'f'.repeat(64)}` as Hex}
    expect(parseProfile([absurdLength, reverted, reverted, reverted])).toMatchObject({name: null, nameFailure: 'malformed'})
    expect(parseProfile([bytes(hexlify(new Uint8Array([65, 0, 66]))), bytes('0xff41'), reverted, reverted])).toMatchObject({
      name: 'A\uFFFDB',
      symbol: '\uFFFDA',
    })
    expect(parseProfile([ok('string', '🎨'.repeat(5000)), reverted, reverted, reverted]).name).toBe('🎨'.repeat(256))
    expect(parseProfile([reverted, reverted, {ok: true, data: '0x01'}, ok('uint256', 2)])).toMatchObject({standard: null})
  })
})
