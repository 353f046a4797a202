import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {DateTimeScalar} from '../scalars'
import {MetadataVersion} from './metadataVersion'
import {judgeSinceMint, type MintState, SinceMintStatus} from './sinceMint'
import type {VersionRow} from './versionRow'

registerEnumType(SinceMintStatus, {
  name: 'SinceMintStatus',
  description: 'Whether a document is what was minted.',
  valuesConfig: {
    UNCHANGED: {description: 'It is what was minted.'},
    CHANGED: {description: 'It is another one.'},
    UNKNOWN: {description: 'What was minted is not known; the reason says why.'},
  },
})

@ObjectType({description: 'Is this still what was minted?'})
export class SinceMint {
  readonly #state: MintState
  readonly #judged: ReturnType<typeof judgeSinceMint>
  constructor(state: MintState) {
    this.#state = state
    this.#judged = judgeSinceMint(state)
  }
  @Field(() => SinceMintStatus, {description: 'The answer.'})
  get status(): string {
    return this.#judged.status
  }
  @Field(() => String, {description: 'What it rests on.'})
  get reason(): string {
    return this.#judged.reason
  }
  @Field(() => MetadataVersion, {nullable: true, description: 'What was minted; null when that is not known.'})
  get minted(): MetadataVersion | null {
    return this.#state.minted && new MetadataVersion(this.#state.minted)
  }
  @Field(() => String, {
    nullable: true,
    description: 'The URI that the contract gave at the block of the mint; null when no node could tell.',
  })
  get mintUri(): string | null {
    return this.#state.mintUri
  }
}

@ObjectType({description: 'What an asset, or a contract, says about itself, as last read.'})
export class AssetMetadata extends MetadataVersion {
  readonly #staleSince: Date | null
  readonly #mint: Omit<MintState, 'present'>
  constructor(row: VersionRow, staleSince: Date | null, mint: Omit<MintState, 'present'>) {
    super(row)
    this.#staleSince = staleSince
    this.#mint = mint
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Block time of the first change that no reading covers yet; null: this is what the contract last spoke of. Asking for a stale one has it read soon.',
  })
  get staleSince(): Date | null {
    return this.#staleSince
  }
  @Field(() => SinceMint, {description: 'Whether this is still what was minted.'})
  get sinceMint(): SinceMint {
    return new SinceMint({...this.#mint, present: this.stored})
  }
}
