import {describe, expect, test} from 'vitest'
import type {Stored} from '../stored'
import {judge, judgeBest, type LicenseLineage} from './judge'

const license = (change: Partial<Stored<'License'>> = {}): Stored<'License'> =>
  ({licenseId: '1', startTime: '100', expiry: '200', revokedFrom: null, exercisedAt: null, grantId: 'k1', ...change}) as Stored<'License'>
const at = (seconds: number) => new Date(seconds * 1000)
const code = (
  own: Partial<Stored<'License'>>,
  seconds: number,
  ancestors: readonly Partial<Stored<'License'>>[] = [],
  ancestry: LicenseLineage['ancestry'] = 'known',
) => judge({license: license(own), ancestors: ancestors.map(license), ancestry}, at(seconds)).code

describe('judge', () => {
  test.each([
    ['a second before the start', {}, 99, 'NOT_YET_STARTED'],
    ['at the start', {}, 100, 'PERMITTED'],
    ['in the last second of the expiry', {}, 200, 'PERMITTED'],
    ['a second after the expiry', {}, 201, 'EXPIRED'],
    ['perpetual', {expiry: null}, 4_000_000_000, 'PERMITTED'],
    ['an expiry beyond every calendar', {expiry: String(2n ** 64n - 1n)}, 150, 'PERMITTED'],
    ['a second before a revocation holds', {revokedFrom: '150'}, 149, 'PERMITTED'],
    ['in the second of the revocation', {revokedFrom: '150'}, 150, 'REVOKED'],
    ['a second before it is used up', {exercisedAt: '150'}, 149, 'PERMITTED'],
    ['used up', {exercisedAt: '150'}, 150, 'EXERCISED'],
    ['revoked and expired: the revocation is told', {revokedFrom: '150'}, 300, 'REVOKED'],
  ] as const)('%s', (_, own, seconds, expected) => expect(code(own, seconds)).toBe(expected))

  test('a revoked grandparent ends it, an expired one does not', () => {
    expect(code({}, 150, [{}, {revokedFrom: '120'}])).toBe('ANCESTOR_REVOKED')
    expect(code({}, 150, [{expiry: '120'}])).toBe('PERMITTED')
  })

  test('what hangs on more than anyone looks at permits nothing; an ancestor that no log told of takes nothing away', () => {
    expect(code({}, 150, [{}], 'tooDeep')).toBe('ANCESTRY_TOO_DEEP')
    expect(code({}, 150, [{revokedFrom: '120'}], 'tooDeep')).toBe('ANCESTOR_REVOKED')
    expect(code({}, 150, [{}], 'unknown')).toBe('PERMITTED')
  })
})

describe('judgeBest', () => {
  const of = (change: Partial<Stored<'License'>>): LicenseLineage => ({license: license(change), ancestors: [], ancestry: 'known'})
  test('one good licence among bad ones permits', () => {
    const best = judgeBest([of({revokedFrom: '1'}), of({licenseId: '2'}), of({expiry: '120'})], at(150))
    expect(best.judgement.code).toBe('PERMITTED')
    expect(best.lineage?.license.licenseId).toBe('2')
  })
  test('of two that permit the latest grant; of none, nothing', () => {
    expect(judgeBest([of({licenseId: '7', grantId: 'k7'}), of({licenseId: '8', grantId: 'k8'})], at(150)).lineage?.license.licenseId).toBe(
      '8',
    )
    expect(judgeBest([], at(150))).toMatchObject({lineage: null, judgement: {code: 'NO_LICENSE'}})
  })
})
