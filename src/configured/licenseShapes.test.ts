import {id, zeroPadValue} from 'ethers'
import {expect, test} from 'vitest'
import {address} from '../../test/support/givenEvents'
import {EMITTER, encodeLog} from '../../test/support/givenLogs'
import {buildConfiguredLayout} from './configuredStandard'
import type {EventMapping} from './eventMapping'

const BUYER = address(0xb0)
const SENDER = address(0xf40)
const bytes32 = (n: number) => zeroPadValue(`0x${n.toString(16).padStart(2, '0')}`, 32)

type Shape = readonly [topic0: string, event: string, fields: EventMapping['fields'], values: readonly unknown[], said: object]

/**
 * Every layout of LicenseGranted that two or more public contracts share, by the types and names they use, with the first bytes of its
 * topic0 as they were counted there: 14 topics, of which four have two layouts.
 */
const SHAPES: readonly Shape[] = [
  [
    '0xc348854859',
    'LicenseGranted(uint256 indexed licId, uint256 assetId, address licensee)',
    {licenseId: 'licId', tokenId: 'assetId', licensee: 'licensee'},
    [1n, 2n, BUYER],
    {licenseId: 1n, tokenId: 2n},
  ],
  [
    '0xc348854859',
    'LicenseGranted(uint256 licenseId, uint256 copyrightId, address licensee)',
    {licenseId: 'licenseId', tokenId: 'copyrightId', licensee: 'licensee'},
    [1n, 2n, BUYER],
    {licenseId: 1n, tokenId: 2n},
  ],
  [
    '0xc348854859',
    'LicenseGranted(uint256 indexed licenseId, uint256 indexed bundleId, address indexed licensee)',
    {licenseId: 'licenseId', tokenId: 'bundleId', licensee: 'licensee'},
    [1n, 2n, BUYER],
    {licenseId: 1n, tokenId: 2n},
  ],
  [
    '0xaa646191ee',
    'LicenseGranted(uint256 indexed copyrightId, address indexed licensee, uint256 fee)',
    {licenseId: 'copyrightId', tokenId: 'copyrightId', licensee: 'licensee', price: 'fee'},
    [4n, BUYER, 5n],
    {licenseId: 4n, price: 5n},
  ],
  [
    '0xbb227c6d3d',
    'LicenseGranted(bytes32 indexed licenseId, bytes32 indexed workId, address indexed licensee)',
    {licenseId: 'licenseId', tokenId: 'workId', licensee: 'licensee'},
    [bytes32(10), bytes32(11), BUYER],
    {licenseId: 10n, tokenId: 11n},
  ],
  [
    '0x5da32bac1b',
    'LicenseGranted(uint256 indexed tokenId, address licensee)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'licensee'},
    [6n, BUYER],
    {licenseId: 6n, tokenId: 6n},
  ],
  [
    '0x5da32bac1b',
    'LicenseGranted(uint256 indexed tokenId, address indexed licensee)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'licensee'},
    [6n, BUYER],
    {licenseId: 6n, tokenId: 6n},
  ],
  [
    '0xce5a26d789',
    'LicenseGranted(address indexed agent, uint256 tokenId, uint256 quota)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'agent'},
    [BUYER, 7n, 8n],
    {tokenId: 7n},
  ],
  [
    '0xce5a26d789',
    'LicenseGranted(address indexed agent, uint256 indexed tokenId, uint256 quota)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'agent'},
    [BUYER, 7n, 8n],
    {tokenId: 7n},
  ],
  [
    '0xc5dc64b2f2',
    'LicenseGranted(uint256 copyrightId, address licensee, uint256 startDate, uint256 endDate)',
    {licenseId: 'copyrightId', tokenId: 'copyrightId', licensee: 'licensee', startTime: 'startDate', expiry: 'endDate'},
    [1n, BUYER, 2n, 0n],
    {startTime: 2n, expiry: null},
  ],
  [
    '0xc5dc64b2f2',
    'LicenseGranted(uint256 indexed licenseId, address indexed licensee, uint256 assetId, uint256 royaltyPercentage)',
    {licenseId: 'licenseId', tokenId: 'assetId', licensee: 'licensee'},
    [1n, BUYER, 2n, 10n],
    {licenseId: 1n, tokenId: 2n},
  ],
  [
    '0x9a7c6102b2',
    'LicenseGranted(uint256 indexed tokenId, address indexed licensee, uint256 amount, string licenseType)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'licensee', price: 'amount', termsURI: 'licenseType'},
    [1n, BUYER, 2n, 'commercial'],
    {price: 2n, termsURI: 'commercial'},
  ],
  // An indexed text is in the log as its hash only: enough for an id.
  [
    '0x8f5f7ceea6',
    'LicenseGranted(address indexed user, string indexed agentId)',
    {licenseId: 'keccak256(agentId)', tokenId: 'keccak256(agentId)', licensee: 'user'},
    [BUYER, 'agent-7'],
    {licenseId: BigInt(id('agent-7')), tokenId: BigInt(id('agent-7'))},
  ],
  [
    '0x5449a3ff3b',
    'LicenseGranted(uint256 indexed licenseId, uint256 indexed copyrightId, address indexed licensee, uint256 duration)',
    {licenseId: 'licenseId', tokenId: 'copyrightId', licensee: 'licensee', expiry: '$timestamp + duration'},
    [1n, 2n, BUYER, 3600n],
    {startTime: 1_700_000_000n, expiry: 1_700_003_600n},
  ],
  [
    '0xf9f4035639',
    'LicenseGranted(bytes32 indexed projectId, address indexed grantee, uint256 permissions, uint64 timestamp)',
    {licenseId: 'projectId', tokenId: 'projectId', licensee: 'grantee', startTime: 'timestamp'},
    [bytes32(1), BUYER, 3n, 4n],
    {startTime: 4n},
  ],
  [
    '0x166518505e',
    'LicenseGranted(uint256 indexed tokenId, address indexed licensee, uint8 licenseType, uint256 expirationTime)',
    {licenseId: 'tokenId', tokenId: 'tokenId', licensee: 'licensee', exclusivity: 'licenseType', expiry: 'expirationTime'},
    [1n, BUYER, 1, 9n],
    {exclusivity: 1, expiry: 9n},
  ],
  [
    '0x420584ad5c',
    'LicenseGranted(string nation)',
    {licenseId: 'keccak256(nation)', tokenId: 'keccak256(nation)', licensee: '$sender', termsURI: 'nation'},
    ['Utopia'],
    {licenseId: BigInt(id('Utopia')), licensee: SENDER, termsURI: 'Utopia'},
  ],
  [
    '0x01cbe0488b',
    'LicenseGranted(uint256 indexed tokenId, uint256 indexed licenseId, address indexed licensee, bool exclusive)',
    {licenseId: 'licenseId', tokenId: 'tokenId', licensee: 'licensee', exclusivity: 'exclusive'},
    [2n, 1n, BUYER, false],
    {licenseId: 1n, exclusivity: 0},
  ],
  [
    '0x01cbe0488b',
    'LicenseGranted(uint256 indexed licenseId, uint256 indexed workId, address licensee, bool isExclusive)',
    {licenseId: 'licenseId', tokenId: 'workId', licensee: 'licensee', exclusivity: 'isExclusive'},
    [1n, 2n, BUYER, true],
    {exclusivity: 1},
  ],
  [
    '0x7777740cc5',
    'LicenseGranted(uint256 indexed licenseId, uint256 indexed copyrightId, address indexed licensee, uint256 startDate, uint256 endDate, uint256 fee)',
    {licenseId: 'licenseId', tokenId: 'copyrightId', licensee: 'licensee', startTime: 'startDate', expiry: 'endDate', price: 'fee'},
    [1n, 2n, BUYER, 3n, 4n, 5n],
    {startTime: 3n, expiry: 4n, price: 5n},
  ],
]

test.each(SHAPES)('%s %s', (topic0, event, fields, values, said) => {
  const result = buildConfiguredLayout({contracts: '*', event, as: 'license.granted', fields})
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  expect(result.layout.topic0.slice(0, 12)).toBe(topic0)
  expect(result.layout.decode(encodeLog(event, values))).toMatchObject([
    {type: 'license.granted', collection: EMITTER, licensee: BUYER, ...said},
  ])
})
