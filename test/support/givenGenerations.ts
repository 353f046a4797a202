import type {GenerationClaimed, GenerationInvalidated, GenerationUpdated, GenerationVerified} from '../../src/domain/event'
import {address, hash} from './givenEvents'

export const ART = address(0xa7)
export const ASSET = `1-${ART}-1`
export const [CAT, DOG] = [hash(0xca7), hash(0xd06)]
const subject = {collection: ART, tokenId: 1n}

export const claimed = (changes: Partial<GenerationClaimed> = {}): GenerationClaimed => ({
  type: 'generation.claimed',
  ...subject,
  promptHash: CAT,
  outputHash: hash(0x01),
  proofHash: hash(0xff),
  ...changes,
})
export const verified = (changes: Partial<GenerationVerified> = {}): GenerationVerified => ({
  type: 'generation.verified',
  ...subject,
  promptHash: CAT,
  outputHash: hash(0x01),
  modelId: hash(0x30),
  proofHash: hash(0xff),
  proofType: 1,
  proofURI: 'ipfs://proof',
  verifier: address(0x7e),
  challengeDeadline: 1_800_000_000n,
  ...changes,
})
export const updated = (changes: Partial<GenerationUpdated> = {}): GenerationUpdated => ({
  type: 'generation.updated',
  ...subject,
  promptHash: DOG,
  outputHash: hash(0x02),
  ...changes,
})
export const invalidated = (changes: Partial<GenerationInvalidated> = {}): GenerationInvalidated => ({
  type: 'generation.invalidated',
  ...subject,
  proofHash: hash(0xff),
  by: address(0xcc),
  reason: 'output differs',
  ...changes,
})
