import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {DateTimeScalar} from '../scalars'
import {License} from './license'

export const LicenseVerdict = {
  PERMITTED: 'PERMITTED',
  NO_LICENSE: 'NO_LICENSE',
  NOT_YET_STARTED: 'NOT_YET_STARTED',
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
  EXERCISED: 'EXERCISED',
  ANCESTOR_REVOKED: 'ANCESTOR_REVOKED',
  ANCESTRY_TOO_DEEP: 'ANCESTRY_TOO_DEEP',
} as const
registerEnumType(LicenseVerdict, {
  name: 'LicenseVerdict',
  description: 'Whether a grant permits use, or why not.',
  valuesConfig: {
    PERMITTED: {description: 'Started, not expired, and neither it nor what it hangs on is revoked.'},
    NO_LICENSE: {description: 'No grant of this asset, in its present life, to this account is known.'},
    NOT_YET_STARTED: {description: 'Its start, inclusive, is later.'},
    EXPIRED: {description: 'Its expiry, inclusive, is over.'},
    REVOKED: {description: 'Its own revocation holds.'},
    EXERCISED: {description: 'It was used up: what it permitted was done.'},
    ANCESTOR_REVOKED: {description: 'A licence that it was granted under is revoked.'},
    ANCESTRY_TOO_DEEP: {description: 'It was granted under more licences than are looked at.'},
  },
})

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
  @Field(() => Boolean, {description: 'Whether the asset is burned, as Asset.burned; that revokes no licence of the life that ended.'})
  assetBurned!: boolean
  @Field(() => DateTimeScalar, {description: 'The moment that was judged.'})
  at!: Date
}
