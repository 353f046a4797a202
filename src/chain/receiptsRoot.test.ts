import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {describe, expect, test} from 'vitest'
import {createBloom} from './bloom'
import {loadKeccak} from './keccak'
import {committedReceipts, receiptsRoot, stateSyncHash} from './receiptsRoot'
import {parseHeader, parseReceipts} from './rpcShapes'

const BLOCKS = join(__dirname, '../../test/fixtures/blocks')
const names = readdirSync(BLOCKS, {withFileTypes: true}).flatMap((dir) =>
  dir.isDirectory() ? readdirSync(join(BLOCKS, dir.name)).map((file) => `${dir.name}/${file}`) : [],
)

const readBlock = (name: string) => {
  const {block, receipts} = JSON.parse(gunzipSync(readFileSync(join(BLOCKS, name))).toString()) as {block: unknown; receipts: unknown}
  return {header: parseHeader(block), receipts: parseReceipts(receipts)}
}

describe('receiptsRoot', () => {
  test.each(names)('%s: the root of the header is recomputed from the receipts', async (name) => {
    const {header, receipts} = readBlock(name)
    expect(committedReceipts(header, receipts, {keccak: await loadKeccak(), hasStateSync: true})).not.toBeNull()
  })

  test.each(names)('%s: a log left out, moved or changed is another root', async (name) => {
    const {header, receipts} = readBlock(name)
    const keccak = await loadKeccak()
    const at = receipts.findIndex(({logs}) => logs.length > 0)
    const victim = receipts[at]
    if (!victim) return
    for (const logs of [
      victim.logs.slice(1),
      [...victim.logs, ...victim.logs],
      victim.logs.map((log) => ({...log, data: `${log.data}00`})),
    ]) {
      expect(committedReceipts(header, receipts.with(at, {...victim, logs}), {keccak, hasStateSync: true})).toBeNull()
    }
    expect(committedReceipts(header, receipts.slice(1), {keccak, hasStateSync: true})).toBeNull()
  })

  test.each(names)('%s: the bloom of all logs is the bloom of the header, but for the state sync of Polygon', async (name) => {
    const {header, receipts} = readBlock(name)
    const keccak = await loadKeccak()
    const sync = stateSyncHash(header.number, header.hash, keccak)
    const logs = receipts.filter(({transaction}) => transaction.hash !== sync).flatMap((receipt) => receipt.logs)
    expect(createBloom(keccak).ofLogs(logs)).toBe(header.logsBloom)
  })

  test('no receipts: the root of the empty trie', async () => {
    expect(receiptsRoot([], await loadKeccak())).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')
  })
})
