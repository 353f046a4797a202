import {describe, expect, test} from 'vitest'
import {buildConfiguredLayout, type MappingResult} from './configuredStandard'
import type {EventMapping} from './eventMapping'

const problemsOf = (result: MappingResult) => (result.ok ? [] : result.problems)

describe('what is wrong with a mapping is told exactly, all of it at once', () => {
  const mapping = (change: Partial<EventMapping>): EventMapping => ({
    contracts: '*',
    event: 'LicenseGranted(uint256 indexed id, address licensee, string indexed uri, int256 delta)',
    as: 'license.granted',
    fields: {licenseId: 'id', tokenId: 'id', licensee: 'licensee'},
    ...change,
  })

  test('a sound one has none', () => expect(problemsOf(buildConfiguredLayout(mapping({})))).toEqual([]))

  test.each<[string, Partial<EventMapping>, readonly (readonly [string, RegExp])[]]>([
    ['a signature that does not parse', {event: 'LicenseGranted(uint256'}, [['event', /does not parse/]]],
    ['a parameter without a name', {event: 'LicenseGranted(uint256)'}, [['event', /has no name/]]],
    ['a type that does not exist', {event: 'LicenseGranted(uint66 a)'}, [['event', /does not parse/]]],
    ['an event that is not of the vocabulary', {as: 'license.granted2' as never}, [['as', /known are .*license\.granted/]]],
    [
      'an unknown field',
      {fields: {licenseId: 'id', tokenId: 'id', licensee: 'licensee', expires: 'id'}},
      [['fields.expires', /has no field "expires"/]],
    ],
    [
      'missing required fields',
      {fields: {licenseId: 'id'}},
      [
        ['fields.tokenId', /missing/],
        ['fields.licensee', /missing/],
      ],
    ],
    [
      'an argument that is not there',
      {fields: {licenseId: 'idd', tokenId: 'id', licensee: 'licensee'}},
      [['fields.licenseId', /no parameter "idd"/]],
    ],
    [
      'a wrong type',
      {fields: {licenseId: 'licensee', tokenId: 'delta', licensee: 'id'}},
      [
        ['fields.tokenId', /int256/],
        ['fields.licenseId', /address/],
        ['fields.licensee', /uint256/],
      ],
    ],
    [
      'an indexed string whose value is lost',
      {fields: {licenseId: 'id', tokenId: 'id', licensee: 'licensee', termsURI: 'uri'}},
      [['fields.termsURI', /its value is lost/]],
    ],
    [
      'a hash of what is no text, and for what is no id',
      {fields: {licenseId: 'keccak256(id)', tokenId: 'uri', licensee: 'keccak256(uri)', termsHash: 'keccak256(nope)'}},
      [
        ['fields.licenseId', /id is uint256: keccak256\(\) is of a string or of bytes/],
        ['fields.tokenId', /indexed string, which cannot fill a field of kind uint; keccak256\(uri\) makes an id of it/],
        ['fields.licensee', /keccak256\(uri\) cannot fill a field of kind address/],
        ['fields.termsHash', /no parameter "nope"/],
      ],
    ],
    [
      'a context that does not fit',
      {fields: {licenseId: '$emitter', tokenId: 'id', licensee: 'licensee', expiry: '$timestamp + licensee'}},
      [
        ['fields.licenseId', /\$emitter/],
        ['fields.expiry', /address/],
      ],
    ],
  ])('%s', (_, change, expected) => {
    const problems = problemsOf(buildConfiguredLayout(mapping(change)))
    expect(problems.map((p) => p.path).sort()).toEqual(expected.map(([path]) => path).sort())
    for (const [path, message] of expected) expect(problems.find((p) => p.path === path)?.message).toMatch(message)
  })

  const fields = {licenseId: 'id', tokenId: 'id', licensee: 'licensee'}
  test.each<[string, Partial<EventMapping>, string, string]>([
    [
      'unknown field',
      {fields: {...fields, expires: 'id'}},
      'fields.expires',
      'license.granted has no field "expires"; it has collection, tokenId, licenseId, licensor, licensee, parentLicenseId, revoker, startTime, expiry, currency, price, exclusivity, sublicensable, transferable, termsHash, termsURI, template, termsId',
    ],
    ['wrong type', {fields: {...fields, licensee: 'id'}}, 'fields.licensee', 'id is uint256, which cannot fill a field of kind address'],
    [
      'missing required field',
      {fields: {licenseId: 'id', licensee: 'licensee'}},
      'fields.tokenId',
      'missing: license.granted cannot be told without it',
    ],
    [
      'indexed string',
      {fields: {...fields, termsURI: 'uri'}},
      'fields.termsURI',
      'uri is an indexed string: its value is lost, the log holds only its keccak256',
    ],
    [
      'signature that does not parse',
      {event: 'LicenseGranted(uint256 id', fields: {}},
      'event',
      '"LicenseGranted(uint256 id" does not parse: invalid event fragment',
    ],
  ])('word for word: %s', (_, change, path, message) => {
    expect(problemsOf(buildConfiguredLayout(mapping(change)))).toEqual([{path, message}])
  })
})
