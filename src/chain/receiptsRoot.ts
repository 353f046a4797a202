import {toQuantity} from './blockRange'
import type {Keccak} from './keccak'
import {encodeRlp, type Rlp, rlpHex, rlpInteger} from './rlp'
import type {RawReceipt} from './rpcShapes'
import {trieRoot} from './trieRoot'

/** OP-stack deposit transaction (specs.optimism.io, deposits). */
const DEPOSIT = 0x7e

/**
 * The receiptsRoot that a header must have for these receipts, in transaction order. A receipt is `[status or state root, cumulative gas,
 * bloom, logs]`, behind its type byte when typed (EIP-658, EIP-2718). An OP-stack deposit adds nonce and version, since Canyon only: before,
 * the nonce of Regolith was stored but not hashed.
 */
export const receiptsRoot = (receipts: readonly RawReceipt[], keccak: Keccak): string => trieRoot(receipts.map(encodeReceipt), keccak)

export function encodeReceipt(receipt: RawReceipt): Buffer {
  const {type, root, status, cumulativeGasUsed, logsBloom, logs} = receipt
  const fields: Rlp[] = [
    root ? rlpHex(root) : rlpInteger(toQuantity(status)),
    rlpInteger(cumulativeGasUsed),
    rlpHex(logsBloom),
    logs.map(({address, topics, data}) => [rlpHex(address), topics.map(rlpHex), rlpHex(data)]),
  ]
  if (type === DEPOSIT && receipt.depositReceiptVersion !== null) {
    fields.push(rlpInteger(receipt.depositNonce ?? '0x0'), rlpInteger(receipt.depositReceiptVersion))
  }
  return encodeRlp(fields, type === 0 ? null : type)
}

/**
 * Polygon's Bor appends a receipt for the state sync of a sprint under a hash that it derives from the block; header blooms and receipt
 * roots leave it out (maticnetwork/bor, core/types/bor_receipt.go).
 */
export function stateSyncHash(blockNumber: number, blockHash: string, keccak: Keccak): string {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(blockNumber))
  return `0x${Buffer.from(keccak(Buffer.concat([Buffer.from('matic-bor-receipt-'), number, rlpHex(blockHash)]))).toString('hex')}`
}

/** `hasStateSync`: of the chain. Anywhere else a receipt under such a hash is made up. */
export type RootHashing = Readonly<{keccak: Keccak; hasStateSync: boolean}>

/** The transaction of a block whose logs no header commits to; null where there is none. */
export const uncommittedHash = ({keccak, hasStateSync}: RootHashing, {number, hash}: Readonly<{number: number; hash: string}>) =>
  hasStateSync ? stateSyncHash(number, hash, keccak) : null

/** The receipts that the header commits to: all of them but Bor's own, which is no part of the root. Null when they give another root. */
export function committedReceipts(
  header: Readonly<{number: number; hash: string; receiptsRoot: string}>,
  receipts: readonly RawReceipt[],
  hashing: RootHashing,
): readonly RawReceipt[] | null {
  const {keccak} = hashing
  if (receiptsRoot(receipts, keccak) === header.receiptsRoot) return receipts
  const sync = uncommittedHash(hashing, header)
  const others = receipts.filter(({transaction}) => transaction.hash !== sync)
  return others.length < receipts.length && receiptsRoot(others, keccak) === header.receiptsRoot ? others : null
}

/** Polygon's chains: mainnet, Mumbai, Amoy. */
export const HAS_STATE_SYNC: ReadonlySet<number> = new Set([137, 80_001, 80_002])
