import {Arg, Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {sameBetween} from '../asOf/sameBetween'
import {Asset} from '../asset/asset'
import {presentLife} from '../asset/presentLife'
import type {Context} from '../context'
import {Authority, ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, COLLECTION_FIELD, INCARNATION_FIELD} from '../event/fields'
import {createList} from '../list/args'
import type {ListField, ListSpec} from '../list/spec'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import type {Stored} from '../stored'

export const GenerationStatus = {CLAIMED: 'claimed', VERIFIED: 'verified', INVALIDATED: 'invalidated'} as const
registerEnumType(GenerationStatus, {
  name: 'GenerationStatus',
  description: 'How far a generation is proven.',
  valuesConfig: {
    CLAIMED: {description: 'Said, not proven.'},
    VERIFIED: {description: 'A verifier accepted a proof in a transaction; optimistic until challengeDeadline: see final.'},
    INVALIDATED: {description: 'The proof that it stood on was brought down.'},
  },
})

@ObjectType({description: 'What is known of how an asset was generated: one record per asset, life of it and prompt.'})
export class Generation {
  readonly #row: Stored<'Generation'>
  constructor(row: Stored<'Generation'>) {
    this.#row = row
  }
  @Field(() => String, {
    description: 'Its key: asset, prompt hash, the life where it is not the first with that, and for unverified claims the claimant.',
  })
  get id(): string {
    return this.#row.id
  }
  @Field(() => Asset, {description: 'What was generated.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Int, {
    description: 'Life of the asset that it is of; what an earlier life was proven for proves nothing of the present one.',
  })
  get incarnation(): number {
    return this.#row.incarnation
  }
  @Field(() => GenerationStatus, {description: 'How far it is proven.'})
  get status(): string {
    return this.#row.status
  }
  @Field(() => Boolean, {description: 'Verified, and no longer open to challenge at a moment (default: now).'})
  async final(
    @Ctx() context: Context,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now.'}) at: Date | null,
  ): Promise<boolean> {
    const {status, challengeDeadline} = this.#row
    const {now, latest} = await context.span(at)
    const isOver = (time: Date) => challengeDeadline === null || BigInt(challengeDeadline) < BigInt(Math.floor(time.getTime() / 1000))
    return status === 'verified' && sameBetween(isOver, now, latest)
  }
  @Field(() => Boolean, {description: 'False once an ERC-7007 Update replaced the content, or the asset was minted anew.'})
  async current(@Ctx() {load}: Context): Promise<boolean> {
    if (this.#row.supersededId !== null) return false
    return this.#row.incarnation === ((await load.asset.load(this.#row.assetId))?.incarnation ?? 1)
  }
  @Field(() => HexScalar, {description: 'keccak256 of the prompt.'})
  get promptHash(): string {
    return this.#row.promptHash
  }
  @Field(() => String, {
    nullable: true,
    description: 'The prompt, where a claim, its transaction or its contract told a text with that hash.',
  })
  get prompt(): string | null {
    return this.#row.prompt
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the generated data.'})
  get outputHash(): string | null {
    return this.#row.outputHash
  }
  @Field(() => HexScalar, {nullable: true, description: "Commitment to the model's weights and program; ERC-7007 logs carry none."})
  get modelId(): string | null {
    return this.#row.modelId
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the proof.'})
  get proofHash(): string | null {
    return this.#row.proofHash
  }
  @Field(() => Int, {nullable: true, description: '0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation.'})
  get proofType(): number | null {
    return this.#row.proofType
  }
  @Field(() => String, {nullable: true, description: 'Where the proof is, as logged.'})
  get proofURI(): string | null {
    return this.#row.proofURI
  }
  @Field(() => Account, {nullable: true, description: 'Who accepted the proof; null while nobody did.'})
  get verifier(): Account | null {
    return accountOrNull(this.#row.verifier)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Unix seconds; null: final at once.'})
  get challengeDeadline(): string | null {
    return this.#row.challengeDeadline
  }
  @Field(() => String, {nullable: true, description: 'Why the proof was brought down, as logged.'})
  get invalidationReason(): string | null {
    return this.#row.invalidationReason
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Null when only a verification was seen.'})
  get claimedAt(): Date | null {
    return this.#row.claimedAt
  }
  @Field(() => DateTimeScalar, {description: 'Block time of the last log about it.'})
  get updatedAt(): Date {
    return this.#row.updatedAt
  }
  /** What an oracle's request is joined by. */
  get joined(): Pick<Stored<'Generation'>, 'collectionId' | 'promptHash' | 'outputHash'> {
    return this.#row
  }
  @Field(() => Account, {description: 'The contract that logged it.'})
  get emitter(): Account {
    return new Account(this.#row.emitter)
  }
  @Field(() => Authority, {description: "Whose word it is: the asset's own contract, one on the operator's list, or a stranger."})
  get authority(): string {
    return this.#row.authority
  }
}

export const GenerationEventKind = {CLAIMED: 'claimed', VERIFIED: 'verified', UPDATED: 'updated', INVALIDATED: 'invalidated'} as const
registerEnumType(GenerationEventKind, {
  name: 'GenerationEventKind',
  description: 'What a log said about a generation.',
  valuesConfig: {
    CLAIMED: {description: 'The asset came of this prompt.'},
    VERIFIED: {description: 'A verifier accepted a proof of it.'},
    UPDATED: {description: 'The content was replaced (ERC-7007 Update).'},
    INVALIDATED: {description: 'The proof was brought down.'},
  },
})

@ObjectType({implements: ChainEvent, description: 'A generation was claimed, verified, updated or invalidated.'})
export class GenerationEvent extends ChainEvent {
  readonly #row: Stored<'GenerationEvent'>
  constructor(row: Stored<'GenerationEvent'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => GenerationEventKind, {description: 'What was said.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => Asset, {description: 'What was generated.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Int, {description: 'Life of the asset that it speaks of: 1, and one more each time an ERC-721 id lives again after a burn.'})
  get incarnation(): number {
    return this.#row.incarnation
  }
  @Field(() => Generation, {nullable: true, description: 'The record as it stands now; null when the proof named is not known.'})
  async generation(@Ctx() {load}: Context): Promise<Generation | null> {
    const row = this.#row.generationId === null ? null : await load.generation.load(this.#row.generationId)
    return row && new Generation(row)
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the prompt; null for an invalidation.'})
  get promptHash(): string | null {
    return this.#row.promptHash
  }
  @Field(() => String, {nullable: true, description: 'Claimed: the prompt, where it could be had.'})
  get prompt(): string | null {
    return this.#row.prompt
  }
  @Field(() => String, {
    nullable: true,
    description:
      'How the prompt is known: log, input (of the transaction), call (of the contract), or unknown: and why; null where nobody looked.',
  })
  get promptSource(): string | null {
    return this.#row.promptSource
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the generated data, where the log tells it.'})
  get outputHash(): string | null {
    return this.#row.outputHash
  }
  @Field(() => HexScalar, {nullable: true, description: "Commitment to the model's weights and program, where the log tells it."})
  get modelId(): string | null {
    return this.#row.modelId
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the proof, where there is one.'})
  get proofHash(): string | null {
    return this.#row.proofHash
  }
  @Field(() => Int, {nullable: true, description: '0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation.'})
  get proofType(): number | null {
    return this.#row.proofType
  }
  @Field(() => String, {nullable: true, description: 'Where the proof is, as logged.'})
  get proofURI(): string | null {
    return this.#row.proofURI
  }
  @Field(() => Account, {nullable: true, description: 'Verified: the verifier. Invalidated: who brought the proof down.'})
  get verifier(): Account | null {
    return accountOrNull(this.#row.verifier)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Verified: unix seconds until which it can be challenged; null: final at once.'})
  get challengeDeadline(): string | null {
    return this.#row.challengeDeadline
  }
  @Field(() => String, {nullable: true, description: 'Invalidated: why, as logged.'})
  get reason(): string | null {
    return this.#row.reason
  }
}

const STANDS = '(t."superseded_id" IS NULL)'
const isCurrent: ListField['sqlAt'] = (parameters) => `(${STANDS} AND t."incarnation" = ${presentLife('t."asset_id"', parameters)})`

const spec: ListSpec = {
  name: 'Generation',
  table: 'Generation',
  defaultOrder: 'UPDATED_AT_DESC',
  hasAuthority: true,
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    incarnation: INCARNATION_FIELD,
    status: {kind: 'enum', sql: 't."status"', values: GenerationStatus, description: 'the status'},
    modelId: {kind: 'hex', sql: 't."model_id"', description: "The model's commitment."},
    promptHash: {kind: 'hex', sql: 't."prompt_hash"', description: 'keccak256 of the prompt.'},
    outputHash: {kind: 'hex', sql: 't."output_hash"', description: 'keccak256 of the generated data.'},
    current: {kind: 'bool', sql: STANDS, sqlAt: isCurrent, description: 'Whether the content is what the asset shows now.'},
    updatedAt: {kind: 'time', sql: 't."updated_at"', orderable: true, description: 'Block time of the last change.'},
    authority: AUTHORITY_FIELD,
  },
}
export const generations = createList(
  spec,
  () => Generation,
  (row: Stored<'Generation'>) => new Generation(row),
)
