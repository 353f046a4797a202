import {describe, expect, test} from 'vitest'
import {parseHttpFailure, parseRpcError} from './rpcErrors'
import type {RpcFailure} from './rpcFailure'

const summary = ({kind, suggestion, maxBlocks, maxBatch}: RpcFailure) => ({
  kind,
  ...(suggestion && {suggestion}),
  ...(maxBlocks && {maxBlocks}),
  ...(maxBatch && {maxBatch}),
})

// Each as the provider has it, from its documentation or from reports of its users.
test.each([
  [
    -32602,
    'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x0, 0xd043b8]',
    {kind: 'tooManyResults', suggestion: {from: 0, to: 0xd043b8}},
  ],
  [
    -32600,
    'You can make eth_getLogs requests with up to a 500 block range. Based on your parameters, this block range should work: [0x123c9b2, 0x123cba5]',
    {kind: 'rangeTooWide', suggestion: {from: 0x123c9b2, to: 0x123cba5}, maxBlocks: 500},
  ],
  [
    -32005,
    'query returned more than 10000 results. Try with this block range [0xBDE5F8, 0x102DBCC].',
    {kind: 'tooManyResults', suggestion: {from: 0xbde5f8, to: 0x102dbcc}},
  ],
  [-32005, 'query returned more than 10000 results', {kind: 'tooManyResults'}],
  [-32602, 'range 1000000 exceeds limit of 10000', {kind: 'rangeTooWide', maxBlocks: 10_000}],
  [-32614, 'eth_getLogs is limited to a 10,000 range', {kind: 'rangeTooWide', maxBlocks: 10_000}],
  [-32600, 'block range too high', {kind: 'rangeTooWide'}],
  [-32000, 'block range is too wide', {kind: 'rangeTooWide'}],
  [-32602, 'query exceeds max block range 100000', {kind: 'rangeTooWide', maxBlocks: 100_000}],
  [
    -32602,
    'query exceeds max results 20000, retry with the range 24383075-24383096',
    {kind: 'tooManyResults', suggestion: {from: 24383075, to: 24383096}},
  ],
  [-32005, 'Requested range exceeds maximum RPC range limit', {kind: 'rangeTooWide'}],
  [-32047, 'Invalid eth_getLogs request. fromBlock-toBlock range too large. Max range: 800', {kind: 'rangeTooWide', maxBlocks: 800}],
  [-32000, 'exceed maximum block range: 50000', {kind: 'rangeTooWide', maxBlocks: 50_000}],
  [35, 'ranges over 10000 blocks are not supported on freetier', {kind: 'rangeTooWide', maxBlocks: 10_000}],
  [-32000, 'requested too many blocks from 0 to 4095, maximum is set to 2048', {kind: 'rangeTooWide', maxBlocks: 2_048}],
  [-32000, 'maximum [from, to] blocks distance: 10000', {kind: 'rangeTooWide', maxBlocks: 10_000}],
  [-32000, 'GetLogs query must be smaller than size 1024', {kind: 'rangeTooWide', maxBlocks: 1_024}],
  [-32000, 'invalid epoch range: to and from height are too far apart (maximum: 2880)', {kind: 'rangeTooWide', maxBlocks: 2_880}],
  [-32005, 'logs matched by query exceeds limit of 10000', {kind: 'tooManyResults'}],
  [-32020, 'backend response too large', {kind: 'tooManyResults'}],
  [-32000, 'query timeout exceeded', {kind: 'tooManyResults'}],
  [-32016, 'eth_getLogs request was canceled due to enabled timeout.', {kind: 'tooManyResults'}],
  [-32005, 'daily request count exceeded, request rate limited', {kind: 'rateLimited'}],
  [
    429,
    'Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ignore this message.',
    {kind: 'rateLimited'},
  ],
  [-32012, 'credits limited to 6000/sec', {kind: 'rateLimited'}],
  [-32600, 'batch too large', {kind: 'batchTooLarge'}],
  [-32003, 'batch response too large', {kind: 'tooManyResults'}],
  [
    31,
    'Batch of more than 3 requests are not allowed on free tier, to use this feature register paid account',
    {kind: 'batchTooLarge', maxBatch: 3},
  ],
  [-32600, 'batch requests are not supported', {kind: 'batchTooLarge', maxBatch: 1}],
  [-32010, 'The batch request was too large', {kind: 'batchTooLarge'}],
  [-32011, 'The batch response was too large', {kind: 'tooManyResults'}],
  [-32000, 'exceed max addresses or topics per search position', {kind: 'tooManyAddresses'}],
  [-32000, 'header not found', {kind: 'behind'}],
  [-32000, 'unknown block', {kind: 'behind'}],
  [-32000, 'missing trie node 5f3a (path ) state 0x12 is not available', {kind: 'behind'}],
  [-32602, 'block range extends beyond current head block', {kind: 'behind'}],
  [-32000, 'requested to block 5 after last accepted block 4', {kind: 'behind'}],
  [-32601, 'the method eth_getBlockReceipts does not exist/is not available', {kind: 'unsupported'}],
  [-32601, '', {kind: 'unsupported'}],
  [-32001, 'project ID does not have access: unauthorized', {kind: 'refused'}],
  [-32603, 'internal error', {kind: 'unavailable'}],
  [null, 'no idea', {kind: 'unavailable'}],
])('%s %s', (code, message, expected) => {
  expect(summary(parseRpcError({code, message}))).toEqual(expected)
})

test('a long message is shortened, a suggestion that runs backwards is none', () => {
  expect(parseRpcError({code: 1, message: 'x'.repeat(5_000)}).message.length).toBeLessThan(320)
  expect(
    parseRpcError({code: 1, message: 'query returned more than 10 results. Try with this block range [0x9, 0x1].'}).suggestion,
  ).toBeUndefined()
})

describe('HTTP', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z')
  test.each([
    [429, '3', {kind: 'rateLimited', retryAfterMs: 3_000}],
    [429, 'Thu, 01 Jan 2026 00:00:07 GMT', {kind: 'rateLimited', retryAfterMs: 7_000}],
    [429, 'soon', {kind: 'rateLimited', retryAfterMs: undefined}],
    [503, '1.5', {kind: 'unavailable', retryAfterMs: 1_500}],
    [503, '999999999', {kind: 'unavailable', retryAfterMs: 600_000}],
    [500, undefined, {kind: 'unavailable', retryAfterMs: undefined}],
    [401, undefined, {kind: 'refused', retryAfterMs: undefined}],
    [413, undefined, {kind: 'batchTooLarge', retryAfterMs: undefined}],
  ])('%s, retry-after %s', (status, header, expected) => {
    const {kind, retryAfterMs} = parseHttpFailure(status, header, NOW)
    expect({kind, retryAfterMs}).toEqual(expected)
  })
})
