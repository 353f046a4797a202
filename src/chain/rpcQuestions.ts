import {toQuantity} from './blockRange'
import {keepOf} from './pickJson'
import type {RpcCall} from './rpcTransport'

/** What nodes are asked for by the thousand, each with the members that rpcShapes reads of its answer. */

const LOG = ['blockNumber', 'blockHash', 'logIndex', 'transactionIndex', 'transactionHash', 'address', 'topics', 'data', 'removed']
const TRANSACTION = ['transactionIndex', 'hash', 'transactionHash', 'from', 'to']
const HEADER = ['number', 'hash', 'parentHash', 'timestamp', 'logsBloom', 'receiptsRoot', 'transactions']
const RECEIPT = ['blockHash', 'type', 'root', 'status', 'cumulativeGasUsed', 'logsBloom', 'logs', 'depositNonce', 'depositReceiptVersion']

const keepOfAnswer = (...names: readonly (readonly string[])[]) => keepOf(['id', 'result', 'error', ...names.flat()])

const LOGS = keepOfAnswer(LOG)
const ONE_TRANSACTION = keepOfAnswer(TRANSACTION)
const BLOCK = keepOfAnswer(HEADER, TRANSACTION)
const RECEIPTS = keepOfAnswer(RECEIPT, TRANSACTION, LOG)

export const askBlock = (number: number, isWhole = false): RpcCall => ({
  method: 'eth_getBlockByNumber',
  params: [toQuantity(number), isWhole],
  keep: BLOCK,
})

export const askTransaction = (hash: string): RpcCall => ({method: 'eth_getTransactionByHash', params: [hash], keep: ONE_TRANSACTION})

export const askReceipts = (number: number): RpcCall => ({method: 'eth_getBlockReceipts', params: [toQuantity(number)], keep: RECEIPTS})

export const askLogs = (filter: Readonly<Record<string, unknown>>): RpcCall => ({method: 'eth_getLogs', params: [filter], keep: LOGS})
