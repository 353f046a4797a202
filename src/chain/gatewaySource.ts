import {type Agent, request} from 'node:http'
import type {EvmBatchProcessor, FieldSelection} from '@subsquid/evm-processor'
import {replaceArchive} from './archivePlace'
import {type GatewayLine, RefusedByGateway} from './gatewayLine'

/**
 * evm-processor's own archive client checks each field of each log a second time and makes an instance with private fields of it: half of
 * the main thread's time in a backfill. The gateway's answers were checked in its thread, so they are taken as they are.
 */

type RangeRequest = Readonly<{range: Readonly<{from: number; to?: number}>; request: Readonly<Record<string, unknown>>}>
type Header = {number: number; height: number; hash: string; parentHash: string; timestamp: number; id: string}
type Transaction = {transactionIndex: number; block: Header}
type Log = {transactionIndex: number; logIndex: number; block: Header; transaction: Transaction | undefined}
type Block = Readonly<{header: Header; logs: Log[]; transactions: Transaction[]; traces: readonly never[]; stateDiffs: readonly never[]}>
type Batch = Readonly<{blocks: readonly Block[]; isHead: boolean}>

export type GatewayAddress = Readonly<{url: string; requestTimeoutMs: number; line: GatewayLine}>

const HEIGHT_POLL_MS = 5_000
const RETRY_MS = 1_000
const NONE: readonly never[] = []

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * setGateway, with the light client in place of evm-processor's. @throws when this evm-processor has no such place
 */
export function useGateway<F extends FieldSelection>(processor: EvmBatchProcessor<F>, gateway: GatewayAddress): void {
  processor.setGateway({url: gateway.url, requestTimeout: gateway.requestTimeoutMs})
  const source = createGatewaySource(gateway.line)
  replaceArchive(processor, () => source)
}

/** What evm-processor's runner asks of an archive (util-internal-processor-tools, DataSource). */
export function createGatewaySource(line: GatewayLine) {
  const fetchHeight = () => patiently(line.height)
  const query = (body: unknown) => patiently(async () => splitBlocks(await line.query(JSON.stringify(body))))

  const fetchBatch = async ({range, request: fields}: RangeRequest, from: number): Promise<Batch> => {
    const blocks = await query({...fields, fromBlock: from, toBlock: range.to})
    return {blocks, isHead: (blocks.at(-1)?.header.number ?? 0) >= (await fetchHeight())}
  }

  async function* getFinalizedBlocks(requests: readonly RangeRequest[], stopOnHead = false): AsyncGenerator<Batch> {
    for (const piece of requests) {
      const end = piece.range.to ?? Number.POSITIVE_INFINITY
      for (let from = piece.range.from; from <= end; ) {
        while ((await fetchHeight()) < from) {
          if (stopOnHead) return
          await sleep(HEIGHT_POLL_MS)
        }
        // One batch ahead: it is read while the last one is written.
        let ahead: Promise<Batch> | null = fetchBatch(piece, from)
        while (ahead) {
          const batch: Batch = await ahead
          from = (batch.blocks.at(-1)?.header.number ?? from) + 1
          ahead = batch.isHead || from > end ? null : fetchBatch(piece, from)
          ahead?.catch(() => {})
          yield batch
        }
      }
    }
  }

  return {
    getFinalizedHeight: fetchHeight,
    getBlockHash: async (height: number) => (await query({fromBlock: height, toBlock: height, includeAllBlocks: true}))[0]?.header.hash,
    getFinalizedBlocks,
  }
}

/** The gateway fails only while its thread ends or starts. A refusal is a mistake in the settings and is thrown. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof RefusedByGateway) throw error
      await sleep(RETRY_MS)
    }
  }
}

export function send(agent: Agent, url: string, body: string | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {agent, method: body === null ? 'GET' : 'POST'}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        if (response.statusCode === 200 && response.complete) resolve(bytes)
        else
          reject(
            response.statusCode === 400 ? new RefusedByGateway(bytes.toString()) : new Error(`gateway answered ${response.statusCode}`),
          )
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')

const [NEWLINE, BRACE] = [0x0a, 0x7d]

/** `[{"header":{…},…},` and one line for each further block. */
function splitBlocks(body: Buffer): readonly Block[] {
  const blocks: Block[] = []
  for (let start = 1; start < body.length - 1; ) {
    const newline = body.indexOf(NEWLINE, start)
    const end = newline < 0 ? body.length - 1 : newline - 1
    blocks.push(new LazyBlock(body.subarray(start, end)))
    start = end + 2
  }
  return blocks
}

/**
 * A block as evm-processor gives it to its handler: times in milliseconds, items that know their block and transaction. Its items are parsed
 * each time they are asked for, and are nobody's to keep: a batch that is read in pieces never lies parsed in memory as a whole.
 */
class LazyBlock implements Block {
  readonly header: Header
  readonly traces = NONE
  readonly stateDiffs = NONE

  constructor(private readonly text: Buffer) {
    const header = JSON.parse(text.toString('latin1', '{"header":'.length, text.indexOf(BRACE) + 1)) as Header
    header.height = header.number
    header.timestamp *= 1000
    header.id = `${pad(header.number, 10)}-${header.hash.slice(2, 7)}`
    this.header = header
  }

  get logs(): Log[] {
    return this.parse().logs
  }

  get transactions(): Transaction[] {
    return this.parse().transactions
  }

  private parse() {
    const {logs = [], transactions = []} = JSON.parse(this.text.toString('latin1')) as {logs?: Log[]; transactions?: Transaction[]}
    const byIndex = new Map<number, Transaction>()
    for (const transaction of transactions) {
      transaction.block = this.header
      byIndex.set(transaction.transactionIndex, transaction)
    }
    for (const log of logs) {
      log.block = this.header
      log.transaction = byIndex.get(log.transactionIndex)
    }
    return {logs, transactions}
  }
}
