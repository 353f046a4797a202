/** Kinds of entries of a timeline, and so of the feed. */
export const ProvenanceKind = {
  TRANSFER: 'TRANSFER',
  METADATA: 'METADATA',
  LICENSE: 'LICENSE',
  ROYALTY: 'ROYALTY',
  SALE: 'SALE',
  GENERATION: 'GENERATION',
  DERIVATIVE: 'DERIVATIVE',
  UPGRADE: 'UPGRADE',
  SPLIT: 'SPLIT',
  STAKE: 'STAKE',
  LOCK: 'LOCK',
  ACCOUNT: 'ACCOUNT',
  ATTESTATION: 'ATTESTATION',
} as const
export type ProvenanceKindName = keyof typeof ProvenanceKind

/** Kinds of entries of the feed: OBSERVATION is what a worker found outside the chain. */
export const ChangeKind = {...ProvenanceKind, OBSERVATION: 'OBSERVATION'} as const
export type ChangeKindName = keyof typeof ChangeKind
