import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {formatLicenseId} from '../list/parameters'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'
import {License} from './license'

export const LicenseEventKind = {
  GRANTED: 'granted',
  REVOKED: 'revoked',
  TRANSFERRED: 'transferred',
  EXERCISED: 'exercised',
  TERMS_REGISTERED: 'termsRegistered',
  TERMS_ATTACHED: 'termsAttached',
} as const
registerEnumType(LicenseEventKind, {
  name: 'LicenseEventKind',
  description: 'What happened to a licence.',
  valuesConfig: {
    GRANTED: {description: 'It began.'},
    REVOKED: {description: 'It was taken back; see effectiveAt for since when.'},
    TRANSFERRED: {description: 'It has another holder.'},
    EXERCISED: {description: 'It was used up: what it permitted was done.'},
    TERMS_REGISTERED: {description: 'A template contract wrote down terms.'},
    TERMS_ATTACHED: {description: 'The asset can be licensed under these terms.'},
  },
})

@ObjectType({implements: ChainEvent, description: 'A licence was granted, revoked or handed on.'})
export class LicenseEvent extends ChainEvent {
  readonly #row: Stored<'LicenseEvent'>
  constructor(row: Stored<'LicenseEvent'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => LicenseEventKind, {description: 'What happened.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => String, {
    nullable: true,
    description: 'License.id of the licence it is about; null where it is about terms, or names a place that no licence is in.',
  })
  get licenseId(): string | null {
    return this.#row.licenseRef === null ? null : formatLicenseId(this.#row.licenseRef)
  }
  @Field(() => License, {nullable: true, description: 'As it stands now; null when no grant of it is known.'})
  async license(@Ctx() {load}: Context): Promise<License | null> {
    const row = this.#row.licenseRef === null ? null : await load.license.load(this.#row.licenseRef)
    return row && new License(row)
  }
  @Field(() => Asset, {nullable: true, description: 'What the licence is for; null when no grant of it is known.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => Int, {nullable: true, description: 'Life of the asset that it is about; null when no grant of the licence is known.'})
  get incarnation(): number | null {
    return this.#row.incarnation
  }
  @Field(() => Account, {
    nullable: true,
    description:
      'As logged. Granted: the licensor. Transferred: the previous holder. Revoked: who revoked it. Exercised: who did. Null: not told.',
  })
  get from(): Account | null {
    return accountOrNull(this.#row.from)
  }
  @Field(() => Account, {nullable: true, description: 'Granted and transferred: the new holder.'})
  get to(): Account | null {
    return accountOrNull(this.#row.to)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Revoked: unix seconds from which it holds.'})
  get effectiveAt(): string | null {
    return this.#row.effectiveAt
  }
  @Field(() => String, {nullable: true, description: 'Revoked: why, as logged.'})
  get reason(): string | null {
    return this.#row.reason
  }
  @Field(() => Boolean, {description: 'False when the log changed nothing; note says why.'})
  get applied(): boolean {
    return this.#row.applied
  }
  @Field(() => String, {
    nullable: true,
    description:
      'duplicate_grant, unknown_license, already_revoked, already_expired, already_exercised, duplicate_terms or not_vouched_for.',
  })
  get note(): string | null {
    return this.#row.note
  }
}
