import {Field, Int, ObjectType} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {Authority} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, addressField} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({
  description:
    'Somebody vouches for a contract, an account or a token. Anybody can attest anything: choose whom to believe by attester, and by schema.',
})
export class Attestation {
  readonly #row: Stored<'Attestation'>
  constructor(row: Stored<'Attestation'>) {
    this.#row = row
  }
  @Field(() => String, {description: 'Its key: chain, registry, uid.'})
  get id(): string {
    return this.#row.id
  }
  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(Number(this.#row.chainId))
  }
  @Field(() => HexScalar, {description: 'Name within its registry.'})
  get uid(): string {
    return this.#row.uid
  }
  @Field(() => Account, {description: 'Who vouches.'})
  get attester(): Account {
    return new Account(this.#row.attester)
  }
  @Field(() => Account, {nullable: true, description: 'Contract or account that it is about; null where the log does not tell.'})
  get subject(): Account | null {
    return accountOrNull(this.#row.subject)
  }
  @Field(() => Asset, {nullable: true, description: 'When it is about one token.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => HexScalar, {nullable: true, description: 'What kind of thing is attested, by the registry’s schemas.'})
  get schema(): string | null {
    return this.#row.schema
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Unix seconds, inclusive; null: without end, or not told.'})
  get expiry(): string | null {
    return this.#row.expiry
  }
  @Field(() => Int, {nullable: true, description: 'A verdict from 0 to 100, where there is one (ERC-8004).'})
  get score(): number | null {
    return this.#row.score
  }
  @Field(() => String, {nullable: true, description: 'A word of the attester for what it is.'})
  get tag(): string | null {
    return this.#row.tag
  }
  @Field(() => HexScalar, {nullable: true, description: 'Hash of what is behind uri.'})
  get contentHash(): string | null {
    return this.#row.contentHash
  }
  @Field(() => String, {nullable: true, description: 'Where the reasons are, as logged.'})
  get uri(): string | null {
    return this.#row.uri
  }
  @Field(() => HexScalar, {
    nullable: true,
    description:
      'What is attested, encoded as its schema says (EAS: by getAttestation at the block of the log); null where it is not known.',
  })
  get data(): string | null {
    return this.#row.data
  }
  @Field(() => String, {
    nullable: true,
    description: 'How data, expiry, revocable and refUid are known: "call", or "unknown: <why>"; null where the log tells all there is.',
  })
  get dataSource(): string | null {
    return this.#row.dataSource
  }
  @Field(() => HexScalar, {nullable: true, description: 'Another attestation of the registry that it speaks of.'})
  get refUid(): string | null {
    return this.#row.refUid
  }
  @Field(() => Boolean, {nullable: true, description: 'Whether its attester may take it back; null where that is not known.'})
  get revocable(): boolean | null {
    return this.#row.revocable
  }
  @Field(() => DateTimeScalar, {description: 'Block time of the last word under its uid.'})
  get attestedAt(): Date {
    return this.#row.attestedAt
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Block time of its revocation; null while it stands.'})
  get revokedAt(): Date | null {
    return this.#row.revokedAt
  }
  @Field(() => Account, {description: 'The registry.'})
  get emitter(): Account {
    return new Account(this.#row.emitter)
  }
  @Field(() => Authority, {description: 'Whether the operator believes the registry; not whether anybody believes the attester.'})
  get authority(): string {
    return this.#row.authority
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'Attestation',
  table: 'Attestation',
  defaultOrder: 'ATTESTED_AT_DESC',
  hasAuthority: true,
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    asset: {...ASSET_FIELD, narrowing: {table: 'attestation_event', column: 'asset_id', id: 'attestation_ref'}},
    subject: {
      ...addressField('subject', 'Contract or account that it is about.'),
      narrowing: {table: 'attestation_event', column: 'subject', id: 'attestation_ref'},
    },
    attester: addressField('attester', 'Who vouches.'),
    schema: {kind: 'hex', sql: 't."schema"', description: 'What kind of thing is attested.'},
    uid: {kind: 'hex', sql: 't."uid"', description: 'Name within its registry.'},
    emitter: addressField('emitter', 'The registry.'),
    refUid: {kind: 'hex', sql: 't."ref_uid"', description: 'Another attestation that it speaks of.'},
    tag: {kind: 'text', sql: 't."tag"', description: 'The word of the attester for what it is.'},
    score: {kind: 'int', sql: 't."score"', description: 'A verdict from 0 to 100.'},
    attestedAt: {kind: 'time', sql: 't."attested_at"', orderable: true, description: 'Block time of the attestation.'},
    revokedAt: {kind: 'time', sql: 't."revoked_at"', description: 'Block time of its revocation; eq null: those that stand.'},
    authority: AUTHORITY_FIELD,
  },
}
export const attestations = createList(
  spec,
  () => Attestation,
  (row: Stored<'Attestation'>) => new Attestation(row),
)
