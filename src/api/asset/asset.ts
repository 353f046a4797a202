import {Ctx, Field, Int, ObjectType} from 'type-graphql'
import {type AssetNamespace, formatAssetId, formatChainId} from '../../domain/caip'
import {chainOf, parseAssetKey} from '../../domain/ids'
import {Account, accountOrNull} from '../account/account'
import {Collection} from '../collection/collection'
import {TokenStandard} from '../collection/tokenStandard'
import type {Context} from '../context'
import {AssetIdScalar, BigIntScalar, DateTimeScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({description: 'A token. It may be known by a licence or a proof before any transfer told of it.'})
export class Asset {
  readonly #row: Stored<'Asset'> | null

  /** `key`: Asset.id, `<chainId>-<collection>-<tokenId>`. The row is loaded when a field needs it. */
  constructor(
    readonly key: string,
    row: Stored<'Asset'> | null = null,
  ) {
    this.#row = row
  }

  row({load}: Context): Promise<Stored<'Asset'> | null> {
    return this.#row ? Promise.resolve(this.#row) : load.asset.load(this.key)
  }

  /** At once where the row is there: pages ask this of every node. */
  #tell<V>({load}: Context, of: (row: Stored<'Asset'> | null) => V | Promise<V>): V | Promise<V> {
    return this.#row ? of(this.#row) : load.asset.load(this.key).then(of)
  }

  @Field(() => AssetIdScalar, {description: 'CAIP-19.'})
  id(@Ctx() context: Context): string | Promise<string> {
    return this.#tell(context, (row) => formatAssetId(parseAssetKey(this.key), (row?.standard as AssetNamespace | null) ?? undefined))
  }

  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(chainOf(this.key))
  }
  @Field(() => BigIntScalar, {description: 'Id within its collection, a uint256.'})
  get tokenId(): string {
    return this.key.slice(this.key.lastIndexOf('-') + 1)
  }
  @Field(() => Collection, {description: 'The contract that it is a token of.'})
  get collection(): Collection {
    return new Collection(this.key.slice(0, this.key.lastIndexOf('-')))
  }
  @Field(() => TokenStandard, {nullable: true, description: 'Null until a transfer told it.'})
  standard(@Ctx() context: Context): string | null | Promise<string | null> {
    return this.#tell(context, (row) => row?.standard ?? null)
  }
  @Field(() => Account, {
    nullable: true,
    description: 'ERC-721: receiver of the last transfer, null when burned. ERC-1155: null, see balances.',
  })
  owner(@Ctx() context: Context): Account | null | Promise<Account | null> {
    return this.#tell(context, (row) =>
      row ? accountOrNull(row.owner) : context.load.rangeHolder.load(this.key).then((holder) => accountOrNull(holder?.owner ?? null)),
    )
  }
  @Field(() => Account, {
    nullable: true,
    description:
      'Who sent the transaction that minted it (a log may put any name); ERC-1155 declarations: their operator. Null when no mint was seen.',
  })
  creator(@Ctx() context: Context): Account | null | Promise<Account | null> {
    return this.#tell(context, (row) => accountOrNull(row?.creator ?? null))
  }
  @Field(() => Boolean, {description: 'ERC-721: its last life has ended. ERC-1155: it was minted and none is left.'})
  async burned(@Ctx() context: Context): Promise<boolean> {
    const row = await this.row(context)
    if (!row) return (await context.load.rangeHolder.load(this.key))?.owner === null
    return row.standard === 'erc1155' ? row.mintId !== null && row.supply === '0' : row.burnId !== null
  }
  @Field(() => Int, {description: 'Lives so far: a burned id may be minted again.'})
  incarnation(@Ctx() context: Context): number | Promise<number> {
    return this.#tell(context, (row) => row?.incarnation ?? 1)
  }
  @Field(() => Int, {description: 'Transfers of all lives, mints and burns included.'})
  transferCount(@Ctx() context: Context): number | Promise<number> {
    return this.#tell(context, (row) => row?.transferCount ?? 0)
  }
  @Field(() => BigIntScalar, {description: 'ERC-1155: minted minus burned. ERC-721: 1, or 0 when burned.'})
  supply(@Ctx() context: Context): string | Promise<string> {
    return this.#tell(context, (row) => row?.supply ?? '0')
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Block time of the mint of the present life; null when none was seen.'})
  mintedAt(@Ctx() context: Context): Date | null | Promise<Date | null> {
    return this.#tell(context, (row) => row?.mintedAt ?? null)
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Block time of the burn that ended the present life; null while it lasts, and for ERC-1155.',
  })
  burnedAt(@Ctx() context: Context): Date | null | Promise<Date | null> {
    return this.#tell(context, (row) => row?.burnedAt ?? null)
  }
}
