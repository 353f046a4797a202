import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {DateTimeScalar} from '../scalars'
import {License} from './license'

export const LicenseVerdict = {
  PERMITTED: 'PERMITTED',
  NO_LICENSE: 'NO_LICENSE',
  NOT_YET_STARTED: 'NOT_YET_STARTED',
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
  ANCESTOR_REVOKED: 'ANCESTOR_REVOKED',
} as const
registerEnumType(LicenseVerdict, {name: 'LicenseVerdict', description: 'Whether a grant permits use, or why not.'})

@ObjectType({description: 'Whether an account may use an asset at a moment, and under which grant.'})
export class LicenseCheck {
  @Field(() => Boolean, {description: 'Whether a grant permits it. An owner needs none: see isOwner.'})
  permitted!: boolean
  @Field(() => LicenseVerdict, {description: 'Of the grant that serves the account best.'})
  reason!: string
  @Field(() => String, {description: 'The same for people.'})
  message!: string
  @Field(() => License, {nullable: true, description: 'The grant that serves the account best; null when there is none.'})
  license!: License | null
  @Field(() => [License], {description: 'What that grant hangs on, nearest first.'})
  ancestors!: readonly License[]
  @Field(() => Boolean, {description: 'False: an ancestor is not known to the index, so its revocation could not be looked at.'})
  ancestryKnown!: boolean
  @Field(() => Boolean, {description: 'Whether the account owns the asset (ERC-721) or holds some of it (ERC-1155) now.'})
  isOwner!: boolean
  @Field(() => DateTimeScalar, {description: 'The moment that was judged.'})
  at!: Date
}
