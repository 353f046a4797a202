import {Ctx, Field, ObjectType} from 'type-graphql'
import {type AssetNamespace, formatChainId, formatCollectionId} from '../../domain/caip'
import {addressOf, chainOf} from '../../domain/ids'
import {Account, accountOrNull} from '../account/account'
import type {Context} from '../context'
import {AddressScalar, BigIntScalar, DateTimeScalar} from '../scalars'
import type {Stored} from '../stored'
import {TokenStandard} from './tokenStandard'

@ObjectType({description: 'A contract whose tokens are assets.'})
export class Collection {
  readonly #row: Stored<'Collection'> | null

  /** `key`: Collection.id, `<chainId>-<address>`. The row is loaded when a field needs it. */
  constructor(
    readonly key: string,
    row: Stored<'Collection'> | null = null,
  ) {
    this.#row = row
  }

  row({load}: Context): Promise<Stored<'Collection'> | null> {
    return this.#row ? Promise.resolve(this.#row) : load.collection.load(this.key)
  }

  /** At once where the row is there: pages ask this of every node. */
  #tell<V>({load}: Context, of: (row: Stored<'Collection'> | null) => V): V | Promise<V> {
    return this.#row ? of(this.#row) : load.collection.load(this.key).then(of)
  }

  @Field(() => String, {description: 'CAIP-19 asset type.'})
  id(@Ctx() context: Context): string | Promise<string> {
    const account = {chainId: chainOf(this.key), address: addressOf(this.key)}
    return this.#tell(context, (row) => formatCollectionId(account, (row?.standard as AssetNamespace | null) ?? undefined))
  }
  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(chainOf(this.key))
  }
  @Field(() => AddressScalar, {description: 'The contract.'})
  get address(): string {
    return addressOf(this.key)
  }
  @Field(() => TokenStandard, {nullable: true, description: 'Null until a transfer told it.'})
  standard(@Ctx() context: Context): string | null | Promise<string | null> {
    return this.#tell(context, (row) => row?.standard ?? null)
  }
  @Field(() => String, {
    nullable: true,
    description: 'name() of the contract, read near the head; null when it has none or was not read yet.',
  })
  async name(@Ctx() {load}: Context): Promise<string | null> {
    return (await load.profile.load(this.key))?.name ?? null
  }
  @Field(() => String, {
    nullable: true,
    description: 'symbol() of the contract, read near the head; null when it has none or was not read yet.',
  })
  async symbol(@Ctx() {load}: Context): Promise<string | null> {
    return (await load.profile.load(this.key))?.symbol ?? null
  }
  @Field(() => Account, {
    nullable: true,
    description: 'Code behind the proxy as last announced (ERC-1967), by itself or by its beacon; null when none was.',
  })
  async implementation(@Ctx() context: Context): Promise<Account | null> {
    const row = await this.row(context)
    const beacon = row?.beacon ? await context.load.collection.load(`${chainOf(this.key)}-${row.beacon}`) : null
    return accountOrNull((row?.beacon ? beacon?.implementation : row?.implementation) ?? null)
  }
  @Field(() => Account, {nullable: true, description: 'The beacon that it takes its code from; null: none.'})
  beacon(@Ctx() context: Context): Account | null | Promise<Account | null> {
    return this.#tell(context, (row) => accountOrNull(row?.beacon ?? null))
  }
  @Field(() => Account, {nullable: true, description: 'Who may upgrade it, as last announced (ERC-1967); null when nobody was.'})
  admin(@Ctx() context: Context): Account | null | Promise<Account | null> {
    return this.#tell(context, (row) => accountOrNull(row?.admin ?? null))
  }
  @Field(() => BigIntScalar, {
    description: 'Token ids ever seen, burned ones included. An upper bound where an ERC-2309 range was too large to write out.',
  })
  assetCount(@Ctx() context: Context): string | Promise<string> {
    return this.#tell(context, (row) => row?.assetCount ?? '0')
  }
  @Field(() => BigIntScalar, {
    description: 'Transfers of all its tokens, mints and burns included; a range too large to write out counts once.',
  })
  transferCount(@Ctx() context: Context): string | Promise<string> {
    return this.#tell(context, (row) => row?.transferCount ?? '0')
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When it first spoke of its own assets, or was first upgraded.'})
  firstEventAt(@Ctx() context: Context): Date | null | Promise<Date | null> {
    return this.#tell(context, (row) => row?.firstEventAt ?? null)
  }
}
