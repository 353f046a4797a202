import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {collectionId} from '../../domain/ids'
import type {GenerationEventRow} from '../../domain/rows'

export type GenerationLog = EventOf<'generation.claimed' | 'generation.verified' | 'generation.updated' | 'generation.invalidated'>

/** The record that a log spoke of, whether or not it changed it, and the life of the asset that this is of. */
type Spoken = Pick<GenerationEventRow, 'generationId' | 'incarnation'>

/** The log as it was told. */
export const generationFact = (event: GenerationLog, assetId: string, {generationId, incarnation}: Spoken): GenerationEventRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.authority,
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId,
  tokenId: event.tokenId,
  incarnation,
  generationId,
  ...NOT_TOLD,
  ...told(event),
})

type Told = Pick<
  GenerationEventRow,
  | 'promptHash'
  | 'prompt'
  | 'promptSource'
  | 'outputHash'
  | 'modelId'
  | 'proofHash'
  | 'proofType'
  | 'proofURI'
  | 'verifier'
  | 'challengeDeadline'
  | 'reason'
>

const NOT_TOLD: Told = {
  promptHash: null,
  prompt: null,
  promptSource: null,
  outputHash: null,
  modelId: null,
  proofHash: null,
  proofType: null,
  proofURI: null,
  verifier: null,
  challengeDeadline: null,
  reason: null,
}

function told(event: GenerationLog): Partial<Told> & Pick<GenerationEventRow, 'kind'> {
  switch (event.type) {
    case 'generation.claimed':
      return {
        kind: 'claimed',
        promptHash: event.promptHash,
        prompt: event.prompt?.text ?? null,
        promptSource: event.prompt?.source ?? null,
        outputHash: event.outputHash,
        proofHash: event.proofHash,
      }
    case 'generation.verified': {
      const {promptHash, outputHash, modelId, proofHash, proofType, proofURI, verifier, challengeDeadline} = event
      return {kind: 'verified', promptHash, outputHash, modelId, proofHash, proofType, proofURI, verifier, challengeDeadline}
    }
    case 'generation.updated':
      return {kind: 'updated', promptHash: event.promptHash, outputHash: event.outputHash}
    case 'generation.invalidated':
      return {kind: 'invalidated', proofHash: event.proofHash, verifier: event.by, reason: event.reason}
  }
}
