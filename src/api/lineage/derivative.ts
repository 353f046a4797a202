import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {License} from '../license/license'
import {formatLicenseId} from '../list/parameters'
import {HexScalar} from '../scalars'
import type {Stored} from '../stored'

export const Relation = {
  DERIVATIVE: 'DERIVATIVE',
  REPRODUCTION: 'REPRODUCTION',
  CLONE: 'CLONE',
  TRAINING: 'TRAINING',
  OTHER: 'OTHER',
} as const
registerEnumType(Relation, {
  name: 'Relation',
  description: 'How a child came of its parent.',
  valuesConfig: {
    DERIVATIVE: {description: 'A new work drawn from the parent.'},
    REPRODUCTION: {description: 'The same work again.'},
    CLONE: {description: 'A copy of the token (ERC-7857).'},
    TRAINING: {description: 'A model was fine-tuned from, or trained on, the parent.'},
    OTHER: {description: 'A number that the standard does not know.'},
  },
})
const RELATIONS = Object.values(Relation)

@ObjectType({implements: ChainEvent, description: 'One edge from a parent asset to what was made from it.'})
export class Derivative extends ChainEvent {
  readonly row: Stored<'Derivative'>
  constructor(row: Stored<'Derivative'>) {
    super(row, row.emitter, row.authority)
    this.row = row
  }
  @Field(() => Asset, {nullable: true, description: 'What was drawn from; null where that is no token: see parentContent.'})
  get parent(): Asset | null {
    return this.row.parentAssetId === null ? null : new Asset(this.row.parentAssetId)
  }
  @Field(() => HexScalar, {
    nullable: true,
    description: 'Hash of the data set, model or other content that was drawn from and is no token.',
  })
  get parentContent(): string | null {
    return this.row.parentContent
  }
  @Field(() => Asset, {description: 'What was made from it.'})
  get child(): Asset {
    return new Asset(this.row.childAssetId)
  }
  @Field(() => Relation, {description: 'How the child came of its parent.'})
  get relation(): string {
    return RELATIONS[this.row.relation] ?? Relation.OTHER
  }
  @Field(() => Int, {description: 'Share owed to the parent, out of 10,000.'})
  get royaltyBps(): number {
    return this.row.royaltyBps
  }
  @Field(() => String, {nullable: true, description: "Licence that was exercised; null: the owner's own work."})
  get licenseId(): string | null {
    return this.row.licenseRef === null ? null : formatLicenseId(this.row.licenseRef)
  }
  @Field(() => License, {
    nullable: true,
    description: 'That licence as it stands now; null when none was named, or no grant of it is known.',
  })
  async license(@Ctx() {load}: Context): Promise<License | null> {
    const row = this.row.licenseRef === null ? null : await load.license.load(this.row.licenseRef)
    return row && new License(row)
  }
}
