import {Args, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root} from 'type-graphql'
import {Account} from '../account/account'
import {tableSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import {presentLife} from '../asset/presentLife'
import type {Context} from '../context'
import {addressField} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {Scope} from '../list/pageSql'
import {createParameters, formatLicenseId} from '../list/parameters'
import type {ListSpec} from '../list/spec'
import {Currency} from '../royalty/currency'
import {BigIntScalar, HexScalar} from '../scalars'
import {type Stored, selectColumns} from '../stored'
import {License} from './license'

@ObjectType({
  description: 'Terms under which licences are granted, numbered by the template contract that registered them; they never change.',
})
export class LicenseTerms {
  readonly #row: Stored<'LicenseTerms'>
  constructor(row: Stored<'LicenseTerms'>) {
    this.#row = row
  }
  @Field(() => String, {description: 'eip155:<chain>:<template contract>/<number>.'})
  get id(): string {
    return formatLicenseId(this.#row.id)
  }
  @Field(() => Account, {description: 'The template contract.'})
  get template(): Account {
    return new Account(this.#row.emitter)
  }
  @Field(() => BigIntScalar, {description: 'Number within the template.'})
  get termsId(): string {
    return this.#row.termsId
  }
  @Field(() => HexScalar, {description: 'keccak256 of the terms as logged.'})
  get termsHash(): string {
    return this.#row.termsHash
  }
  @Field(() => String, {nullable: true, description: 'Where the text is, as logged.'})
  get termsURI(): string | null {
    return this.#row.termsURI
  }
  @Field(() => Currency, {nullable: true, description: 'What is paid in; null: nothing, or not told.'})
  get currency(): Currency | null {
    return this.#row.currency === null ? null : new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'What a licence costs when nothing else is agreed; null: not told.'})
  get price(): string | null {
    return this.#row.price
  }
  @Field(() => Int, {nullable: true, description: 'Share of revenue owed, out of 10,000; null: not told.'})
  get royaltyBps(): number | null {
    return this.#row.royaltyBps
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Seconds that a derivative may be used; null: without end, or not told.'})
  get duration(): string | null {
    return this.#row.duration
  }
  @Field(() => Boolean, {nullable: true, description: 'Whether licences may be handed on; null: not told.'})
  get transferable(): boolean | null {
    return this.#row.transferable
  }
  @Field(() => Boolean, {nullable: true, description: 'Whether commercial use is allowed; null: not told.'})
  get commercialUse(): boolean | null {
    return this.#row.commercialUse
  }
  @Field(() => Boolean, {nullable: true, description: 'Whether derivatives are allowed; null: not told.'})
  get derivativesAllowed(): boolean | null {
    return this.#row.derivativesAllowed
  }
}

const spec: ListSpec = {
  name: 'LicenseTerms',
  table: 'LicenseTerms',
  defaultOrder: 'ID_ASC',
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    id: {kind: 'license', sql: 't."id"', description: 'eip155:<chain>:<template contract>/<number>.'},
    template: addressField('emitter', 'The template contract.'),
    currency: addressField('currency', 'What is paid in.'),
    royaltyBps: {kind: 'int', sql: 't."royalty_bps"', description: 'Share of revenue owed, out of 10,000.'},
    commercialUse: {kind: 'bool', sql: 't."commercial_use"', description: 'Whether commercial use is allowed.'},
    derivativesAllowed: {kind: 'bool', sql: 't."derivatives_allowed"', description: 'Whether derivatives are allowed.'},
  },
}
export const licenseTerms = createList(
  spec,
  () => LicenseTerms,
  (row: Stored<'LicenseTerms'>) => new LicenseTerms(row),
)

/** Terms that a log attached to an asset in its present life; whose word is not vouched for attaches nothing. */
const ofAsset: Scope = {
  name: 'asset',
  oneChain: true,
  parts: (key, parameters) => [
    `t."id" IN (SELECT e.terms_ref FROM license_event e WHERE e.asset_id = ${key} AND e.kind = 'termsAttached' AND e.authority <> 'unverified'
      AND e.incarnation = ${presentLife(key, parameters)} AND ${parameters.horizon?.within('e.id') ?? 'true'})`,
  ],
}

@Resolver(() => Asset)
export class LicenseTermsResolver {
  @Query(() => licenseTerms.Connection, {description: 'Terms that template contracts registered.'})
  licenseTerms(@Ctx() context: Context, @Args(() => licenseTerms.Args) args: PageArgs): Promise<object> {
    return licenseTerms.fetch(context, args)
  }

  @FieldResolver(() => licenseTerms.Connection, {
    name: 'licenseTerms',
    description: 'Terms under which it can be licensed in its present life.',
  })
  termsOfAsset(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => licenseTerms.Args) args: PageArgs): Promise<object> {
    return licenseTerms.fetchOf(context, ofAsset, key, args)
  }
}

@Resolver(() => License)
export class TermsOfLicenseResolver {
  @FieldResolver(() => LicenseTerms, {nullable: true, description: 'Registered terms that it is under; null: none, or not known.'})
  async terms(@Ctx() context: Context, @Root() license: License): Promise<LicenseTerms | null> {
    if (license.termsRef === null) return null
    const loaded = context.nested('terms of licence', async (keys) => {
      const parameters = createParameters(context)
      const list = parameters.add(keys)
      const rows = await context.db.query<Stored<'LicenseTerms'>>(
        `SELECT ${selectColumns('LicenseTerms', 't')} FROM ${tableSql('LicenseTerms', parameters)} t WHERE t.id = ANY(${list}::text[])`,
        parameters.values,
        true,
      )
      const found = new Map(rows.map((row) => [row.id, row]))
      return keys.map((key) => found.get(key) ?? null)
    })
    const row = (await loaded.load(license.termsRef)) as Stored<'LicenseTerms'> | null
    return row && new LicenseTerms(row)
  }
}
