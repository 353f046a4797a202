import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {parseAssetKey} from '../../domain/ids'
import {fillId} from '../../metadata/call/uriCalls'
import type {NormalisedDocument} from '../../metadata/document/normaliseDocument'
import type {Attribute} from '../../metadata/document/readAttributes'
import type {Problem, Sourced} from '../../metadata/document/sourced'
import type {Context} from '../context'
import {apiError} from '../errors'
import {DateTimeScalar, HexScalar, JsonScalar} from '../scalars'
import {loadJson} from './documentLoader'
import {MetadataAttribute, MetadataProblem, MetadataSource} from './metadataParts'
import type {VersionRow} from './versionRow'

export const MetadataVerdict = {VERIFIED: 'verified', MISMATCHED: 'mismatched', MUTABLE: 'mutable', UNVERIFIABLE: 'unverifiable'} as const
registerEnumType(MetadataVerdict, {
  name: 'MetadataVerdict',
  description: 'What is known of a document’s bytes.',
  valuesConfig: {
    VERIFIED: {description: 'They match the CID, or the hash on chain, or are on the chain themselves.'},
    MISMATCHED: {description: 'They do not match the hash on chain.'},
    MUTABLE: {description: 'Whoever serves the address may change them at any time.'},
    UNVERIFIABLE: {description: 'The address commits to content, but nothing that was served lets it be checked.'},
  },
})

type TextField = Exclude<keyof NormalisedDocument, 'attributes' | 'parents' | 'problems'>

@ObjectType({
  description: 'A document that a token URI led to, from one reading to another. What it says are claims; none is proven by standing here.',
})
export class MetadataVersion {
  protected readonly stored: VersionRow
  constructor(row: VersionRow) {
    this.stored = row
  }

  @Field(() => String, {description: 'Number of the version; later ones are greater.'})
  get id(): string {
    return this.stored.id
  }
  @Field(() => String, {description: 'Where the document was, `{id}` filled in; a long one by its beginning.'})
  get uri(): string {
    return this.stored.uri
  }
  @Field(() => HexScalar, {description: 'SHA-256 of the document’s bytes.'})
  get documentHash(): string {
    return `0x${this.stored.document_hash.toString('hex')}`
  }
  @Field(() => Int, {description: 'Length of the document.'})
  get byteLength(): number {
    return this.stored.byte_length
  }
  @Field(() => String, {description: 'By the bytes where they tell, else as declared.'})
  get mediaType(): string {
    return this.stored.media_type
  }
  @Field(() => MetadataVerdict, {description: 'What is known of the bytes.'})
  get verdict(): string {
    return this.stored.verdict
  }
  @Field(() => String, {description: 'Why the verdict is what it is.'})
  get verdictReason(): string {
    return this.stored.verdict_reason
  }
  @Field(() => String, {nullable: true, description: 'Who served it; null when nobody had to.'})
  get gateway(): string | null {
    return this.stored.gateway
  }
  @Field(() => DateTimeScalar, {
    description: 'When it was first seen. Documents are evidence with a time of their own, not state of a block.',
  })
  get observedAt(): Date {
    return this.stored.observed_at
  }
  @Field(() => DateTimeScalar, {description: 'When it was last seen to be the same.'})
  get lastObservedAt(): Date {
    return this.stored.last_observed_at
  }
  @Field(() => Int, {description: 'Block at which its URI was first read.'})
  get blockNumber(): number {
    return this.stored.block_number
  }
  @Field(() => HexScalar, {description: 'Hash of that block.'})
  get blockHash(): string {
    return this.stored.block_hash
  }
  @Field(() => Int, {description: 'Block at which its URI was last read and led here.'})
  get lastBlockNumber(): number {
    return this.stored.last_block_number
  }
  @Field(() => String, {
    nullable: true,
    description: 'The newest metadata change (id of a MetadataUpdate) when it was first read; null: none concerned it.',
  })
  get metadataUpdateId(): string | null {
    return this.stored.event_id
  }
  @Field(() => Boolean, {description: 'Whether this is known to be what was minted.'})
  get asMinted(): boolean {
    return this.stored.at_mint
  }
  @Field(() => String, {nullable: true, description: 'Why the document cannot be read as JSON; null when it can.'})
  get failure(): string | null {
    const {failure, failure_detail: detail} = this.stored
    return failure && (detail ? `${failure}: ${detail}` : failure)
  }
  @Field(() => [String], {description: 'What was changed to read it, as large_numbers_as_text.'})
  get notes(): readonly string[] {
    return this.stored.notes
  }
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The document as it came, parsed; null when it is no JSON, or longer than 1 MiB. `{id}` is not filled in.',
  })
  document(@Ctx() context: Context): Promise<unknown> {
    return loadJson(context, this.stored.document_hash)
  }

  @Field(() => String, {nullable: true, description: 'Its name.'})
  get name(): string | null {
    return this.text('name')
  }
  @Field(() => String, {nullable: true, description: 'Its description.'})
  get description(): string | null {
    return this.text('description')
  }
  @Field(() => String, {nullable: true, description: 'Address of its image, or the image itself. See problems before showing it.'})
  get image(): string | null {
    return this.text('image')
  }
  @Field(() => String, {nullable: true, description: 'Address of what moves, sounds or runs.'})
  get animation(): string | null {
    return this.text('animation')
  }
  @Field(() => String, {nullable: true, description: 'Its page elsewhere.'})
  get externalUrl(): string | null {
    return this.text('externalUrl')
  }
  @Field(() => String, {nullable: true, description: 'The model that it says made it.'})
  get model(): string | null {
    return this.text('model')
  }
  @Field(() => String, {nullable: true, description: 'The model’s version.'})
  get modelVersion(): string | null {
    return this.text('modelVersion')
  }
  @Field(() => String, {nullable: true, description: 'The prompt.'})
  get prompt(): string | null {
    return this.text('prompt')
  }
  @Field(() => String, {nullable: true, description: 'Hash of the prompt, as written.'})
  get promptHash(): string | null {
    return this.text('promptHash')
  }
  @Field(() => String, {nullable: true, description: 'The seed; text, as seeds pass 2^53.'})
  get seed(): string | null {
    return this.text('seed')
  }
  @Field(() => String, {nullable: true, description: 'Who ran the model.'})
  get provider(): string | null {
    return this.text('provider')
  }
  @Field(() => String, {nullable: true, description: 'Proof of the generation, or where it is.'})
  get proof(): string | null {
    return this.text('proof')
  }
  @Field(() => String, {nullable: true, description: 'Kind of the proof, as validity or fraud.'})
  get proofType(): string | null {
    return this.text('proofType')
  }
  @Field(() => String, {nullable: true, description: 'The licence that it names.'})
  get licence(): string | null {
    return this.text('licence')
  }
  @Field(() => [String], {description: 'What it says it was derived from.'})
  get parents(): readonly string[] {
    return (this.view()?.parents ?? []).map(({value}) => this.fill(value))
  }
  @Field(() => [MetadataAttribute], {description: 'Its traits.'})
  get attributes(): readonly MetadataAttribute[] {
    return (this.view()?.attributes ?? []).map((attribute: Attribute) => new MetadataAttribute(attribute, (text) => this.fill(text)))
  }
  @Field(() => [MetadataSource], {description: 'Where in the document each field was read.'})
  get sources(): readonly MetadataSource[] {
    return Object.entries(this.view() ?? {}).flatMap(([field, value]) =>
      value && !Array.isArray(value) ? [new MetadataSource(field, (value as Sourced<string>).pointer)] : [],
    )
  }
  @Field(() => [MetadataProblem], {description: 'What was left out, or is dangerous to show.'})
  get problems(): readonly MetadataProblem[] {
    return (this.view()?.problems ?? []).map(({pointer, reason}: Problem) => new MetadataProblem(pointer, reason))
  }

  private view(): NormalisedDocument | null {
    if (this.stored.too_much)
      throw apiError('LIMIT_EXCEEDED', 'the documents of this answer are longer than 16 MiB together: ask for fewer at once', {
        limit: 16 * 1024 * 1024,
      })
    return this.stored.view
  }
  private text(field: TextField): string | null {
    const found = this.view()?.[field]
    return found ? this.fill(found.value) : null
  }
  /** ERC-1155: also inside the JSON. */
  private fill(text: string): string {
    return this.stored.fills_id ? fillId(text, parseAssetKey(this.stored.subject_id).tokenId) : text
  }
}
