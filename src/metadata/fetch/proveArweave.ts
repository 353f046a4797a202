import {constants, createHash, createPublicKey, verify} from 'node:crypto'
import {computeRootHash} from 'arweave/node/lib/merkle'
import Transaction from 'arweave/node/lib/transaction'
import {z} from 'zod'
import {FetchProblem, type Verdict} from './documentOutcome'

type Proven = Readonly<{verdict: Verdict; reason: string}>

const base64 = z
  .string()
  .max(1_024)
  .regex(/^[A-Za-z0-9_-]*$/)
const digits = z.string().max(40).regex(/^\d+$/)
/** A transaction as gateways serve it under `/tx/<id>`; `data` is left out, as it is what has to be proven. */
const HEADER = z.object({
  format: z.union([z.literal(1), z.literal(2)]),
  id: base64,
  last_tx: base64,
  owner: base64,
  tags: z.array(z.object({name: z.string().max(6_000), value: z.string().max(6_000)})).max(256),
  target: base64,
  quantity: digits,
  data_size: digits,
  data_root: base64,
  reward: digits,
  signature: base64,
})
type Header = z.infer<typeof HEADER>

/** Arweave's wallets are RSA of 4,096 bits. */
const KEY_BYTES = 512
/** Up to here a transaction has one chunk, whoever cut it. */
const ONE_CHUNK = 256 * 1024

/**
 * An Arweave id is the SHA-256 of a transaction's signature, which signs the root of the Merkle tree over the data. So a transaction whose signature
 * has that hash, and holds, fixes the bytes. Items of bundles have no transaction of their own and stay unverifiable.
 * @throws FetchProblem dishonest_gateway: the transaction holds, and the bytes are not what it signs
 */
export async function proveArweave(id: string, transaction: unknown, bytes: Uint8Array): Promise<Proven> {
  if (transaction === null) return unproven('no gateway served its transaction, and an item of a bundle has none')
  const header = HEADER.safeParse(transaction).data
  if (!header || header.id !== id) return unproven('what was served as its transaction is none of that id')
  const signature = Buffer.from(header.signature, 'base64url')
  if (createHash('sha256').update(signature).digest('base64url') !== id)
    return unproven('the signature that was served is not that of the id')
  if (!(await holds(header, signature, bytes))) return unproven('the signature of its transaction does not hold for what was served')
  // The first format signs the data itself.
  if (header.format === 1) return VERIFIED
  if (header.data_size !== String(bytes.length)) throw lie(`${bytes.length} bytes, signed are ${header.data_size}`)
  if (Buffer.from(await computeRootHash(bytes)).toString('base64url') === header.data_root) return VERIFIED
  if (bytes.length <= ONE_CHUNK) throw lie('the data root of the bytes is not the one that is signed')
  return unproven('the data was not cut into chunks as usual, so that its root cannot be told')
}

const VERIFIED: Proven = {verdict: 'verified', reason: 'the transaction whose signature the id is the hash of signs these bytes'}
const unproven = (why: string): Proven => ({verdict: 'unverifiable', reason: `an Arweave id is the hash of a signature: ${why}`})
const lie = (what: string) => new FetchProblem('dishonest_gateway', `not what the Arweave transaction signs: ${what}`)

async function holds({data_root: root, ...header}: Header, signature: Buffer, bytes: Uint8Array): Promise<boolean> {
  if (Buffer.from(header.owner, 'base64url').length !== KEY_BYTES || signature.length !== KEY_BYTES) return false
  if (header.format === 2 && root === '') return false
  const signed = new Transaction({...header, data_root: root, data: header.format === 1 ? bytes : new Uint8Array()} as never)
  try {
    const key = createPublicKey({key: {kty: 'RSA', e: 'AQAB', n: header.owner}, format: 'jwk'})
    return verify('sha256', await signed.getSignatureData(), {key, padding: constants.RSA_PKCS1_PSS_PADDING}, signature)
  } catch {
    // What a stranger gives for a key may be none.
    return false
  }
}
