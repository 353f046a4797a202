import {Ctx, Field, Int, ObjectType} from 'type-graphql'
import {type AssetNamespace, formatAssetId, formatChainId} from '../../domain/caip'
import {collectionId, parseAssetKey} from '../../domain/ids'
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

  async row({load}: Context): Promise<Stored<'Asset'> | null> {
    return this.#row ?? load.asset.load(this.key)
  }

  @Field(() => AssetIdScalar, {description: 'CAIP-19.'})
  async id(@Ctx() context: Context): Promise<string> {
    const standard = (await this.row(context))?.standard as AssetNamespace | undefined
    return formatAssetId(this.parts, standard)
  }
  /** Parsed once: fields that need no row read it from the key. */
  #parts: ReturnType<typeof parseAssetKey> | null = null
  get parts(): ReturnType<typeof parseAssetKey> {
    this.#parts ??= parseAssetKey(this.key)
    return this.#parts
  }

  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(this.parts.chainId)
  }
  @Field(() => BigIntScalar, {description: 'Id within its collection, a uint256.'})
  get tokenId(): string {
    return String(this.parts.tokenId)
  }
  @Field(() => Collection, {description: 'The contract that it is a token of.'})
  get collection(): Collection {
    const {chainId, collection} = this.parts
    return new Collection(collectionId(chainId, collection))
  }
  @Field(() => TokenStandard, {nullable: true, description: 'Null until a transfer told it.'})
  async standard(@Ctx() context: Context): Promise<string | null> {
    return (await this.row(context))?.standard ?? null
  }
  @Field(() => Account, {
    nullable: true,
    description: 'ERC-721: receiver of the last transfer, null when burned. ERC-1155: null, see balances.',
  })
  async owner(@Ctx() context: Context): Promise<Account | null> {
    const row = await this.row(context)
    if (row) return accountOrNull(row.owner)
    const holder = await context.load.rangeHolder.load(this.key)
    return accountOrNull(holder?.owner ?? null)
  }
  @Field(() => Account, {
    nullable: true,
    description:
      'Who sent the transaction that minted it (a log may put any name); ERC-1155 declarations: their operator. Null when no mint was seen.',
  })
  async creator(@Ctx() context: Context): Promise<Account | null> {
    return accountOrNull((await this.row(context))?.creator ?? null)
  }
  @Field(() => Boolean, {description: 'ERC-721: its last life has ended. ERC-1155: it was minted and none is left.'})
  async burned(@Ctx() context: Context): Promise<boolean> {
    const row = await this.row(context)
    if (!row) return (await context.load.rangeHolder.load(this.key))?.owner === null
    return row.standard === 'erc1155' ? row.mintId !== null && row.supply === '0' : row.burnId !== null
  }
  @Field(() => Int, {description: 'Lives so far: a burned id may be minted again.'})
  async incarnation(@Ctx() context: Context): Promise<number> {
    return (await this.row(context))?.incarnation ?? 1
  }
  @Field(() => Int, {description: 'Transfers of all lives, mints and burns included.'})
  async transferCount(@Ctx() context: Context): Promise<number> {
    return (await this.row(context))?.transferCount ?? 0
  }
  @Field(() => BigIntScalar, {description: 'ERC-1155: minted minus burned. ERC-721: 1, or 0 when burned.'})
  async supply(@Ctx() context: Context): Promise<string> {
    return (await this.row(context))?.supply ?? '0'
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Block time of the mint of the present life; null when none was seen.'})
  async mintedAt(@Ctx() context: Context): Promise<Date | null> {
    return (await this.row(context))?.mintedAt ?? null
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Block time of the burn that ended the present life; null while it lasts, and for ERC-1155.',
  })
  async burnedAt(@Ctx() context: Context): Promise<Date | null> {
    return (await this.row(context))?.burnedAt ?? null
  }
}
