import {Arg, Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {Authority} from '../event/chainEvent'
import {createList} from '../list/args'
import {formatLicenseId} from '../list/parameters'
import {Currency} from '../royalty/currency'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import type {Stored} from '../stored'
import {judgeBetween} from './judgeBetween'
import {licenseSpec} from './licenseSpec'

export const Exclusivity = {NON_EXCLUSIVE: 'NON_EXCLUSIVE', EXCLUSIVE: 'EXCLUSIVE', SOLE: 'SOLE', UNKNOWN: 'UNKNOWN'} as const
registerEnumType(Exclusivity, {
  name: 'Exclusivity',
  description: 'Whether others may hold licences for the asset too (ERC-5635).',
  valuesConfig: {
    NON_EXCLUSIVE: {description: 'Others may hold licences too.'},
    EXCLUSIVE: {description: 'Nobody else, the licensor included.'},
    SOLE: {description: 'Nobody else but the licensor.'},
    UNKNOWN: {description: 'A value that the standard does not know.'},
  },
})
const EXCLUSIVITIES = Object.values(Exclusivity)

@ObjectType({description: 'A grant to use an asset. Its terms are those of the grant; holder and revocation follow later logs.'})
export class License {
  readonly #row: Stored<'License'>
  constructor(row: Stored<'License'>) {
    this.#row = row
  }
  @Field(() => String, {
    description:
      'eip155:<chain>:<granting contract>/<number>: licences are numbered by the contract that grants them. With /<incarnation> behind it where an earlier life of the asset was granted one under the number.',
  })
  get id(): string {
    return formatLicenseId(this.#row.id)
  }
  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(Number(this.#row.chainId))
  }
  @Field(() => BigIntScalar, {description: 'Number within the granting contract.'})
  get licenseId(): string {
    return this.#row.licenseId
  }
  @Field(() => Asset, {description: 'What may be used.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Int, {description: 'Life of the asset that it was granted for; licences of an earlier life are none for the present one.'})
  get incarnation(): number {
    return this.#row.incarnation
  }
  @Field(() => Boolean, {
    description: 'Whether the life of the asset that it was granted for has ended by a burn. That revokes nothing: see active.',
  })
  async assetBurned(@Ctx() context: Context): Promise<boolean> {
    return this.#row.incarnation < (await this.asset.incarnation(context)) || this.asset.burned(context)
  }
  @Field(() => Account, {description: 'Who granted it.'})
  get licensor(): Account {
    return new Account(this.#row.licensor)
  }
  @Field(() => Account, {description: 'Present holder; where a token holds it that is burned, the first one.'})
  async licensee(@Ctx() {load}: Context): Promise<Account> {
    const {heldByAssetId, assetId, incarnation, licensee} = this.#row
    const holder = heldByAssetId === null ? null : await load.asset.load(heldByAssetId)
    const isAnew = heldByAssetId === assetId && holder !== null && holder.incarnation > incarnation
    return new Account((isAnew ? null : holder?.owner) ?? licensee)
  }
  @Field(() => Asset, {nullable: true, description: 'Whoever owns this token holds the licence; null: it is handed on by logs of its own.'})
  get heldBy(): Asset | null {
    return this.#row.heldByAssetId === null ? null : new Asset(this.#row.heldByAssetId)
  }
  @Field(() => [String], {nullable: true, description: 'What it permits, in the words of the contract (ERC-5585); null: not told.'})
  get rights(): string[] | null {
    return this.#row.rights === null ? null : (JSON.parse(this.#row.rights) as string[])
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Unix second in which it was used up; null while it is not.'})
  get exercisedAt(): string | null {
    return this.#row.exercisedAt
  }
  get termsRef(): string | null {
    return this.#row.termsRef
  }
  @Field(() => License, {nullable: true, description: 'Null: a root licence, or a parent that no log told of (parentId names it).'})
  async parent(@Ctx() {load}: Context): Promise<License | null> {
    const row = this.#row.parentId === null ? null : await load.license.load(this.#row.parentId)
    return row && new License(row)
  }
  @Field(() => String, {nullable: true, description: 'The licence it was granted under; null: a root.'})
  get parentId(): string | null {
    return this.#row.parentId === null ? null : formatLicenseId(this.#row.parentId)
  }
  @Field(() => Account, {nullable: true, description: 'Who may revoke it; null: irrevocable.'})
  get revoker(): Account | null {
    return accountOrNull(this.#row.revoker)
  }
  @Field(() => BigIntScalar, {description: 'Unix seconds, inclusive.'})
  get startTime(): string {
    return this.#row.startTime
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Unix seconds, inclusive; null: perpetual.'})
  get expiry(): string | null {
    return this.#row.expiry
  }
  @Field(() => Boolean, {
    description: 'Whether it permits use at a moment (default: now): started, not expired, and neither it nor an ancestor revoked.',
  })
  async active(
    @Ctx() context: Context,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now.'}) at: Date | null,
  ): Promise<boolean> {
    const lineage = await context.load.lineage.load(this.#row.id)
    const {now, latest} = await context.span(at)
    return lineage !== null && judgeBetween(lineage, now, latest).code === 'PERMITTED'
  }
  @Field(() => Currency, {nullable: true, description: 'What the price is counted in; null when no log tells a price.'})
  get currency(): Currency | null {
    return this.#row.currency === null ? null : new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description: "Total paid for the grant, in the currency's smallest unit; null when the log does not tell it.",
  })
  get price(): string | null {
    return this.#row.price
  }
  @Field(() => Exclusivity, {description: 'Whether others may hold licences for the asset too.'})
  get exclusivity(): string {
    return EXCLUSIVITIES[this.#row.exclusivity] ?? Exclusivity.UNKNOWN
  }
  @Field(() => Boolean, {description: 'Whether its holder may grant licences under it.'})
  get sublicensable(): boolean {
    return this.#row.sublicensable
  }
  @Field(() => Boolean, {description: 'Whether it may be handed on.'})
  get transferable(): boolean {
    return this.#row.transferable
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the exact bytes behind termsURI.'})
  get termsHash(): string | null {
    return this.#row.termsHash
  }
  @Field(() => String, {nullable: true, description: 'Where its terms are, as logged; nothing vouches for it but termsHash.'})
  get termsURI(): string | null {
    return this.#row.termsURI
  }
  @Field(() => DateTimeScalar, {description: 'Block time of the grant.'})
  get grantedAt(): Date {
    return this.#row.grantedAt
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'Unix seconds from which its own revocation holds; null while it is not revoked. Revoked ancestors end it too: see active.',
  })
  get revokedFrom(): string | null {
    return this.#row.revokedFrom
  }
  @Field(() => Account, {nullable: true, description: 'Who revoked it; null while it is not revoked.'})
  get revokedBy(): Account | null {
    return accountOrNull(this.#row.revokedBy)
  }
  @Field(() => String, {nullable: true, description: 'As logged by who revoked it.'})
  get revocationReason(): string | null {
    return this.#row.revocationReason
  }
  @Field(() => Account, {description: 'The contract that granted it.'})
  get emitter(): Account {
    return new Account(this.#row.emitter)
  }
  @Field(() => Authority, {description: "Whose word it is: the asset's own contract, one on the operator's list, or a stranger."})
  get authority(): string {
    return this.#row.authority
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
  @Field(() => Int, {description: 'Block of the grant.'})
  get grantBlockNumber(): number {
    return Number(this.#row.grantId.split('-')[1])
  }
}

export const licenses = createList(
  licenseSpec,
  () => License,
  (row: Stored<'License'>) => new License(row),
)
