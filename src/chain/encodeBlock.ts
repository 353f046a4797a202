import type {ArchiveFields} from './archiveQuery'
import type {ChainBlock, RawLog, RawTransaction} from './chainBlock'

/**
 * A block as the gateway protocol has it: numbers natural, timestamps in seconds. Every text was checked to be hex by rpcShapes, so that
 * nothing needs escaping.
 */
export function encodeBlock({number, hash, parentHash, timestamp, logs, transactions}: ChainBlock, fields: ArchiveFields): string {
  let text = `{"header":{"number":${number},"hash":"${hash}","parentHash":"${parentHash}"`
  if (fields.block.has('timestamp')) text += `,"timestamp":${timestamp}`
  text += '}'
  if (transactions.length > 0)
    text += `,"transactions":[${transactions.map((transaction) => encodeTransaction(transaction, fields.transaction)).join()}]`
  if (logs.length > 0) text += `,"logs":[${encodeLogs(logs, fields.log)}]`
  return `${text}}`
}

function encodeLogs(logs: readonly RawLog[], fields: ReadonlySet<string>): string {
  const [hash, address, topics, data] = [fields.has('transactionHash'), fields.has('address'), fields.has('topics'), fields.has('data')]
  let text = ''
  for (const log of logs) {
    text += `${text ? ',' : ''}{"logIndex":${log.logIndex},"transactionIndex":${log.transactionIndex}`
    if (hash) text += `,"transactionHash":"${log.transactionHash}"`
    if (address) text += `,"address":"${log.address}"`
    if (topics) text += log.topics.length > 0 ? `,"topics":["${log.topics.join('","')}"]` : ',"topics":[]'
    if (data) text += `,"data":"${log.data}"`
    text += '}'
  }
  return text
}

function encodeTransaction({transactionIndex, hash, from, to}: RawTransaction, fields: ReadonlySet<string>): string {
  let text = `{"transactionIndex":${transactionIndex}`
  if (fields.has('hash')) text += `,"hash":"${hash}"`
  if (fields.has('from')) text += `,"from":"${from}"`
  if (fields.has('to') && to !== null) text += `,"to":"${to}"`
  return `${text}}`
}
