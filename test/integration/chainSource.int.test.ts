import {EvmBatchProcessor} from '@subsquid/evm-processor'
import {EvmArchive} from '@subsquid/evm-processor/lib/ds-archive/client'
import {HttpClient} from '@subsquid/http-client'
import {ArchiveClient} from '@subsquid/util-internal-archive-client'
import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {RefusedByGateway} from '../../src/chain/gatewayLine'
import {createGatewaySource, useGateway} from '../../src/chain/gatewaySource'
import {FIELDS, REQUESTS} from '../support/gatewayReader'
import {END, HEAD, setUpGateways} from '../support/gatewaySetup'
import {createDirectLine, createHttpLine} from '../support/httpLine'

let setup: Awaited<ReturnType<typeof setUpGateways>>

beforeAll(async () => {
  setup = await setUpGateways()
})
afterEach(() => setup.closeAll())

type Item = Readonly<Record<string, unknown>>
type Block = Readonly<{header: Item; logs: readonly (Item & Readonly<{transaction?: Item}>)[]}>

/** What a handler can read of our fields, whoever made it. */
const describeBlock = ({header, logs}: Block) => ({
  header: [header['height'], header['hash'], header['parentHash'], header['timestamp'], header['id']],
  logs: logs.map((log) => [
    log['logIndex'],
    log['transactionIndex'],
    log['transactionHash'],
    log['address'],
    log['topics'],
    log['data'],
    log.transaction?.['from'],
  ]),
})

async function readAll(
  source: Readonly<{
    getFinalizedBlocks: (requests: never, stop?: boolean) => AsyncIterable<Readonly<{blocks: readonly unknown[]; isHead: boolean}>>
  }>,
) {
  const blocks: unknown[] = []
  let isHead = false
  for await (const batch of source.getFinalizedBlocks([{range: {from: 0}, request: {fields: FIELDS, logs: REQUESTS}}] as never, true)) {
    blocks.push(...batch.blocks)
    isHead = batch.isHead
  }
  return {isHead, blocks: blocks.map((block) => describeBlock(block as Block))}
}

describe('the light archive client', () => {
  test("gives what evm-processor's own gives, up to the finalized head", async () => {
    const gateway = await setup.startGatewayOver([await setup.startNode()])
    const light = await readAll(createGatewaySource(createHttpLine(gateway.url)))
    const direct = await readAll(createGatewaySource(createDirectLine(gateway)))
    const theirs = await readAll(new EvmArchive(new ArchiveClient({http: new HttpClient({log: null}), url: gateway.url})))
    expect(light.blocks.at(-1)?.header[0]).toBe(HEAD - 8)
    expect(light.blocks.length).toBeGreaterThan(END)
    expect(light).toEqual(theirs)
    expect(direct, 'without a socket').toEqual(theirs)
  })

  test('takes the place that evm-processor keeps for its archive', async () => {
    const gateway = await setup.startGatewayOver([await setup.startNode()])
    const processor = new EvmBatchProcessor()
    useGateway(processor, {url: gateway.url, requestTimeoutMs: 1_000, line: createHttpLine(gateway.url)})
    const source = (processor as unknown as {getArchiveDataSource: () => ReturnType<typeof createGatewaySource>}).getArchiveDataSource()
    expect([await source.getFinalizedHeight(), await source.getBlockHash(7)]).toEqual([HEAD - 8, setup.chain.blocks[7]?.hash])
  })

  test('a query that the gateway refuses ends it, with the reason', async () => {
    const gateway = await setup.startGatewayOver([await setup.startNode()])
    const blocks = createGatewaySource(createHttpLine(gateway.url)).getFinalizedBlocks([
      {range: {from: 0}, request: {fields: {block: {gasUsed: true}}, logs: REQUESTS}},
    ])
    await expect(blocks.next()).rejects.toThrow(RefusedByGateway)
  })
})
