import {createHash} from 'node:crypto'
import {keccak256} from 'ethers'
import type {Verdict} from '../fetch/documentOutcome'

/** What the asset's contract, or one that the operator trusts, has committed to on chain. `uri` null: it does not say of what content the hash is. */
export type Commitment = Readonly<{contentHash: string; uri: string | null; standard: string}>
type Judged = Readonly<{verdict: Verdict; reason: string}>

/**
 * A hash on chain says more than an address does. Protocols leave open by which function it was made, so both usual ones count. That it is not
 * the document's means something only where it was committed with the document's own URI: it may be that of the image.
 */
export function judgeCommitment(bytes: Uint8Array, uri: string, commitment: Commitment | null, otherwise: Judged): Judged {
  if (!commitment) return otherwise
  const committed = commitment.contentHash.toLowerCase()
  const hashes = {keccak256: keccak256(bytes), 'SHA-256': `0x${createHash('sha256').update(bytes).digest('hex')}`}
  for (const [name, hash] of Object.entries(hashes))
    if (hash === committed) return {verdict: 'verified', reason: `its ${name} is the one committed on chain (${commitment.standard})`}
  if (commitment.uri !== uri) return otherwise
  return {verdict: 'mismatched', reason: `its hash is not ${committed}, which was committed on chain for this URI (${commitment.standard})`}
}
