import type {VersionRow} from './versionRow'

export const SinceMintStatus = {UNCHANGED: 'unchanged', CHANGED: 'changed', UNKNOWN: 'unknown'} as const

type Seen = Pick<VersionRow, 'document_hash' | 'uri_hash' | 'verdict'>
export type MintState = Readonly<{
  /** What it says now. */
  present: Seen
  /** The version that is known to be what was minted. */
  minted: VersionRow | null
  mintUri: string | null
  mintUriHash: Buffer | null
  mintFailure: string | null
  /** The document that was seen first, and when. */
  firstHash: Buffer | null
  firstAt: Date | null
}>

type Judged = Readonly<{status: (typeof SinceMintStatus)[keyof typeof SinceMintStatus]; reason: string}>

/** From what was minted where that is known, else from what was seen first: that something changed since then is certain, that nothing did before is not. */
export function judgeSinceMint({present, minted, mintUriHash, mintFailure, firstHash, firstAt}: MintState): Judged {
  if (minted) {
    if (minted.document_hash.equals(present.document_hash))
      return {status: 'unchanged', reason: 'the document is, byte for byte, the one that was minted'}
    return {status: 'changed', reason: 'the document that was minted is another one'}
  }
  if (firstHash && !firstHash.equals(present.document_hash))
    return {status: 'changed', reason: `the document that was seen first (${firstAt?.toISOString()}) was another one`}
  if (mintUriHash && !mintUriHash.equals(present.uri_hash))
    return {status: 'unknown', reason: 'the contract gave another URI at the mint, and what was behind it then is not known'}
  if (mintUriHash)
    return {
      status: 'unknown',
      reason: `the URI is that of the mint, but its content was not fixed by it, and was first seen later (${firstAt?.toISOString()})`,
    }
  return {status: 'unknown', reason: mintFailure ?? 'no mint was seen'}
}
