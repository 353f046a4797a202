import {expect, test} from 'vitest'
import {isRpcFailure} from './rpcFailure'
import {parseReplies} from './rpcTransport'

const kindOf = (text: string, count = 1) => {
  try {
    return parseReplies(Buffer.from(text), 7, count).map((reply) => (reply.ok ? reply.result : reply.failure.kind))
  } catch (error) {
    return isRpcFailure(error) ? error.kind : error
  }
}

test.each([
  ['{"jsonrpc":"2.0","id":7,"result":"0x1"}', 1, ['0x1']],
  ['{"jsonrpc":"2.0","id":7,"result":null}', 1, [null]],
  ['[{"id":8,"result":2},{"id":7,"result":1}]', 2, [1, 2]],
  ['[{"id":"7","result":1}]', 1, [1]],
  ['[{"id":7,"result":1},{"id":8,"error":{"code":-32000,"message":"header not found"}}]', 2, [1, 'behind']],
  ['{"id":null,"error":{"code":-32600,"message":"batch too large"}}', 3, 'batchTooLarge'],
  ['{"id":7}', 1, ['malformed']],
  ['{"id":9,"result":1}', 1, 'malformed'],
  ['[{"id":7,"result":1},{"id":7,"result":2}]', 2, 'malformed'],
  ['[{"id":7,"result":1}]', 2, 'malformed'],
  ['[]', 1, 'malformed'],
  ['null', 1, 'malformed'],
  ['"ok"', 1, 'malformed'],
  ['', 1, 'malformed'],
  ['{"id":7,"resul', 1, 'malformed'],
  ['<!doctype html><html>', 1, 'malformed'],
  ['{"id":7,"error":{"message":"zu viele Anfragen: too many requests \u00fc"}}', 1, ['rateLimited']],
])('%s', (text, count, expected) => expect(kindOf(text, count)).toEqual(expected))
