import {afterEach, beforeAll, expect, test} from 'vitest'
import {describeMappings} from '../../src/cli/describeMappings'
import {parseConfig} from '../../src/config/loadConfig'
import {setUpGateways} from '../support/gatewaySetup'
import {CONTRACTS, TRANSFER} from '../support/syntheticChain'

let setup: Awaited<ReturnType<typeof setUpGateways>>
beforeAll(async () => {
  setup = await setUpGateways()
})
afterEach(() => setup.closeAll())

const configOf = (rpc: readonly string[], event: string, contract = JSON.stringify(CONTRACTS)) =>
  parseConfig(
    `chains: [{id: 1337, rpc: ${JSON.stringify(rpc)}, contracts: "*"}]
events: [{contract: ${contract}, event: "${event}", as: token.transferred, fields: {from: f, to: t, tokenId: n}}]`,
    {env: {}},
  )
const OWN = 'Transfer(address indexed f, address indexed t, uint256 indexed n)'

test('each mapping is shown with its topic hash and what its newest log means', async () => {
  const node = await setup.startNode()
  const text = await describeMappings(configOf([node.url], OWN))
  expect(text).toContain(`topic0      ${TRANSFER}, 4 topics`)
  expect(text).toMatch(/example {5}block 400 log 0 of 0x[0-9a-f]{40}: \{"type":"token.transferred".*"tokenId":"4000"/)
})

test('that there is none, and that no node answers, is said; the key of a URL is not', async () => {
  const node = await setup.startNode()
  expect(await describeMappings(configOf([node.url], OWN.replace('Transfer', 'Moved')))).toContain('none in blocks 0 to 400')
  node.fault({kind: 'status', status: 503})
  const text = await describeMappings(configOf([node.url], OWN))
  expect(text).toContain('no node answers: HTTP 503')
  expect(text).not.toContain('secret')
  const other = await setup.startNode()
  expect(await describeMappings(configOf([node.url, other.url], OWN))).toContain('block 400')
})

test('a log that the mapping cannot read is shown as that', async () => {
  const node = await setup.startNode()
  expect(await describeMappings(configOf([node.url], 'MetadataUpdate(address f, address t, uint256 n)'))).toContain('none in blocks')
  const text = await describeMappings(configOf([node.url], OWN.replace('uint256 indexed n', 'uint256 n'), '"*"'))
  expect(text).toMatch(/block 400 log \d+ of 0x[0-9a-f]{40}: /)
})
