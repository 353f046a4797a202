import {Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {ChainEvent} from '../event/chainEvent'
import type {Stored} from '../stored'

export const AttestationEventKind = {MADE: 'made', REVOKED: 'revoked'} as const
registerEnumType(AttestationEventKind, {
  name: 'AttestationEventKind',
  description: 'What happened to an attestation.',
  valuesConfig: {MADE: {description: 'It was given, or given anew.'}, REVOKED: {description: 'It was taken back.'}},
})

@ObjectType({implements: ChainEvent, description: 'Somebody vouched for something, or took it back.'})
export class AttestationEvent extends ChainEvent {
  readonly #row: Stored<'AttestationEvent'>
  constructor(row: Stored<'AttestationEvent'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => AttestationEventKind, {description: 'What happened.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => String, {description: 'Attestation.id.'})
  get attestationId(): string {
    return this.#row.attestationRef
  }
  @Field(() => Account, {nullable: true, description: 'Contract or account that it is about; null where no log told.'})
  get subject(): Account | null {
    return accountOrNull(this.#row.subject)
  }
  @Field(() => Asset, {nullable: true, description: 'When it is about one token.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'Who vouched, or took it back.'})
  get by(): Account {
    return new Account(this.#row.by)
  }
  @Field(() => Int, {nullable: true, description: 'A verdict from 0 to 100, where there is one.'})
  get score(): number | null {
    return this.#row.score
  }
  @Field(() => String, {nullable: true, description: 'A word of the attester for what it is.'})
  get tag(): string | null {
    return this.#row.tag
  }
  @Field(() => String, {nullable: true, description: 'Where the reasons are, as logged.'})
  get uri(): string | null {
    return this.#row.uri
  }
  @Field(() => Boolean, {description: 'False when the log changed nothing; note says why.'})
  get applied(): boolean {
    return this.#row.applied
  }
  @Field(() => String, {nullable: true, description: 'unknown_attestation, already_revoked or not_the_attester.'})
  get note(): string | null {
    return this.#row.note
  }
}
