import {expect, test} from 'vitest'
import {parseArchiveQuery, UnsupportedQuery} from './archiveQuery'

const ADDRESS = `0x${'a'.repeat(40)}`
const parse = (query: unknown) => parseArchiveQuery(JSON.stringify(query))

test('what evm-processor asks for is read as it is meant', () => {
  const query = {
    type: 'evm',
    fromBlock: 5,
    toBlock: 9,
    fields: {block: {timestamp: true}, log: {address: true, data: false}, transaction: {from: true}},
    logs: [{address: [ADDRESS], topic0: ['0x01'], transaction: true}],
    transactions: [],
  }
  expect(parse(query)).toEqual({
    fromBlock: 5,
    toBlock: 9,
    allBlocks: false,
    logs: [{address: [ADDRESS], topic0: ['0x01'], transaction: true}],
    fields: {log: new Set(['address']), transaction: new Set(['from']), block: new Set(['timestamp'])},
  })
  expect(parse({fromBlock: 0, includeAllBlocks: true})).toMatchObject({toBlock: null, allBlocks: true, logs: []})
})

test.each([
  ['no JSON', 'the query is not JSON'],
  [[], 'the query: expected an object'],
  [{fromBlock: -1}, 'fromBlock: expected a block number'],
  [{fromBlock: 0, toBlock: '9'}, 'toBlock: expected a block number'],
  [{fromBlock: 0, includeAllBlocks: 'yes'}, 'includeAllBlocks: expected true or false'],
  [{fromBlock: 0, logs: {}}, 'logs: expected a list'],
  [{fromBlock: 0, logs: [{address: [1]}]}, 'logs.0.address: expected a list of texts'],
  [{fromBlock: 0, logs: [{transaction: 1}]}, 'logs.0.transaction: expected true or false'],
  [{fromBlock: 0, logs: [{transactionTraces: true}]}, 'of a log, only its transaction is served'],
  [{fromBlock: 0, traces: [{}]}, 'traces are not served'],
  [{fromBlock: 0, fields: {log: {topics: 1}}}, 'fields.log.topics: expected true or false'],
  [{fromBlock: 0, fields: {block: {size: true}}}, 'fields of block not served by the chain gateway: size'],
])('a query that is not served is refused, and says why: %j', (query, reason) => {
  const run = () => (query === 'no JSON' ? parseArchiveQuery(query) : parse(query))
  expect(run).toThrow(UnsupportedQuery)
  expect(run).toThrow(reason)
})
