import {expect, test} from 'vitest'
import {EMPTY_BLOOM} from './bloom'
import {parseHeader} from './rpcShapes'

test('a block whose time is no date is no answer: milliseconds taken for seconds, above all', () => {
  const hash = `0x${'ab'.repeat(32)}`
  const header = (seconds: number) => ({
    ...{number: '0x1', hash, parentHash: hash, logsBloom: EMPTY_BLOOM, receiptsRoot: hash, transactions: []},
    timestamp: `0x${seconds.toString(16)}`,
  })
  expect(parseHeader(header(8.64e12)).timestamp).toBe(8.64e12)
  expect(() => parseHeader(header(8.64e12 + 1))).toThrow('block.timestamp: it is no time in seconds')
})
