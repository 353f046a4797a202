import {Ctx, Field, ObjectType} from 'type-graphql'
import {PARTS_PER_BPS, ROYALTY_WHOLE} from '../../domain/saleEvents'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'
import {RecipientRole, ROLE_FIELD} from './recipientRole'

@ObjectType({description: 'Who is due what of a price.'})
export class RoyaltyShare {
  readonly #row: Stored<'RoyaltyTermsShare'>
  constructor(row: Stored<'RoyaltyTermsShare'>) {
    this.#row = row
  }
  @Field(() => Account, {description: 'Who is due it.'})
  get recipient(): Account {
    return new Account(this.#row.recipient)
  }
  @Field(() => BigIntScalar, {
    description: `Out of ${ROYALTY_WHOLE} of the price, exactly: the royalty is price * parts / ${ROYALTY_WHOLE}.`,
  })
  get parts(): string {
    return this.#row.parts
  }
  @Field(() => BigIntScalar, {description: 'The same out of 10 000, rounded down.'})
  get bps(): string {
    return String(BigInt(this.#row.parts) / PARTS_PER_BPS)
  }
  @Field(() => RecipientRole, {nullable: true, description: ROLE_FIELD})
  get role(): string | null {
    return this.#row.role
  }
}

@ObjectType({
  implements: ChainEvent,
  description: 'A contract said who is due what of a sale, or a registry said which contract tells that. ERC-2981 alone logs nothing.',
})
export class RoyaltyTermsChange extends ChainEvent {
  readonly #row: Stored<'RoyaltyTermsChange'>
  constructor(row: Stored<'RoyaltyTermsChange'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Collection, {description: 'The contract whose terms they are: a collection, or one that collections are sent to.'})
  get collection(): Collection {
    return new Collection(this.#row.collectionId)
  }
  @Field(() => Asset, {nullable: true, description: 'The token; null: all that have no terms of their own.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => [RoyaltyShare], {description: 'Who is due what; empty: these terms are taken away, or only movedTo is said.'})
  async shares(@Ctx() {load}: Context): Promise<readonly RoyaltyShare[]> {
    if (this.#row.shareCount === 0) return []
    return (await load.royaltyTermsShares.load(this.#row.id)).map((row) => new RoyaltyShare(row))
  }
  @Field(() => Account, {
    nullable: true,
    description:
      "The contract that tells the collection's terms from here on; the zero address: the collection itself; null: nothing said of that.",
  })
  get movedTo(): Account | null {
    return accountOrNull(this.#row.movedTo)
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'RoyaltyTermsChange',
  table: 'RoyaltyTermsChange',
  defaultOrder: 'ID_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    timestamp: {...FACT_FIELDS.timestamp, orderable: false},
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    recipient: {
      kind: 'address',
      sql: 's."recipient"',
      ofAny: (condition) => `t."id" IN (SELECT s.terms_id FROM royalty_terms_share s WHERE ${condition})`,
      description: 'Who is due something.',
    },
    movedTo: addressField('moved_to', 'The contract that tells the terms.'),
    authority: AUTHORITY_FIELD,
  },
}
export const royaltyTermsChanges = createList(
  spec,
  () => RoyaltyTermsChange,
  (row: Stored<'RoyaltyTermsChange'>) => new RoyaltyTermsChange(row),
)
