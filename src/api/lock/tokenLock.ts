import {Ctx, Field, FieldResolver, ObjectType, Resolver, Root} from 'type-graphql'
import {addressOf} from '../../domain/ids'
import {knownSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {createParameters} from '../list/parameters'
import type {Stored} from '../stored'

@ObjectType({implements: ChainEvent, description: 'A token may not be moved from now on, or may again (ERC-5192).'})
export class TokenLock extends ChainEvent {
  readonly #row: Stored<'TokenLock'>
  constructor(row: Stored<'TokenLock'>) {
    super(row, addressOf(row.collectionId))
    this.#row = row
  }
  @Field(() => Asset, {description: 'The token.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Boolean, {description: 'Whether it is locked.'})
  get locked(): boolean {
    return this.#row.locked
  }
}

@Resolver(() => Asset)
export class TokenLockResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether its contract last said that it cannot be moved (ERC-5192); false when it said nothing.',
  })
  async locked(@Ctx() context: Context, @Root() {key}: Asset): Promise<boolean> {
    const last = context.nested('locked', async (keys) => {
      const parameters = createParameters(context)
      const asked = parameters.add(keys)
      const rows = await context.db.query<{key: string; locked: boolean}>(
        `SELECT k.key, l.locked FROM unnest(${asked}::text[]) k(key) CROSS JOIN LATERAL
           (SELECT locked FROM token_lock t WHERE t.asset_id = k.key AND ${knownSql(parameters)} ORDER BY t.id DESC LIMIT 1) l`,
        parameters.values,
        true,
      )
      const found = new Map(rows.map((row) => [row.key, row.locked]))
      return keys.map((each) => found.get(each) === true)
    })
    return (await last.load(key)) as boolean
  }
}
