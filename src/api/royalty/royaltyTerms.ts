import {Arg, Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {ZERO_ADDRESS} from '../../domain/hex'
import {knownSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {createParameters} from '../list/parameters'
import {DateTimeScalar} from '../scalars'
import {parseStored, type Stored, selectJson} from '../stored'
import {RoyaltyTermsChange, royaltyTermsChanges} from './royaltyTermsChange'

@Resolver(() => Asset)
export class RoyaltyTermsResolver {
  @Query(() => royaltyTermsChanges.Connection, {
    description: 'What contracts and registries said is due of sales, newest first: the history of terms.',
  })
  royaltyTermsChanges(@Ctx() context: Context, @Args(() => royaltyTermsChanges.Args) args: PageArgs): Promise<object> {
    return royaltyTermsChanges.fetch(context, args)
  }

  @FieldResolver(() => RoyaltyTermsChange, {
    nullable: true,
    description:
      'The word that says who is due what of a sale of it: of the token, else of its collection; at the contract that a registry sends the collection to. Null: no log said it, or it was taken away. Each sale says what the contract itself answered.',
  })
  async royaltyTerms(
    @Ctx() context: Context,
    @Root() {key}: Asset,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'As of this moment. Default: now.'}) at: Date | null,
  ): Promise<RoyaltyTermsChange | null> {
    const together = context.nested(`royaltyTerms ${at?.toISOString() ?? ''}`, (keys) => loadTerms(context, keys, at))
    const row = (await together.load(key)) as Stored<'RoyaltyTermsChange'> | null
    return row && new RoyaltyTermsChange(row)
  }
}

/** The last word of those who may say it: where the collection is sent first, then what is said there. */
async function loadTerms(
  context: Context,
  keys: readonly string[],
  at: Date | null,
): Promise<readonly (Stored<'RoyaltyTermsChange'> | null)[]> {
  const parameters = createParameters(context)
  const [asked, until] = [parameters.add(keys), parameters.add(at)]
  const last = (condition: string) => `(SELECT t.* FROM royalty_terms_change t
    WHERE ${condition} AND ${knownSql(parameters)} AND t.authority <> 'unverified' AND (${until}::timestamptz IS NULL OR t.timestamp <= ${until}) ORDER BY t.id DESC LIMIT 1)`
  const rows = await context.db.query<{key: string; row: Readonly<Record<string, unknown>> | null}>(
    `SELECT k.key, ${selectJson('RoyaltyTermsChange', 't')} AS row
     FROM unnest(${asked}::text[]) k(key)
     CROSS JOIN LATERAL (SELECT split_part(k.key, '-', 1) AS chain, split_part(k.key, '-', 2) AS contract, split_part(k.key, '-', 3) AS token) a
     LEFT JOIN LATERAL ${last(`t.collection_id = a.chain || '-' || a.contract AND t.moved_to IS NOT NULL`)} m ON true
     CROSS JOIN LATERAL (SELECT a.chain || '-' || coalesce(nullif(m.moved_to, '${ZERO_ADDRESS}'), a.contract) AS id) c
     LEFT JOIN LATERAL ${last(`t.asset_id = c.id || '-' || a.token`)} o ON true
     LEFT JOIN LATERAL ${last(`t.collection_id = c.id AND t.asset_id IS NULL AND t.moved_to IS NULL`)} d ON true
     JOIN royalty_terms_change t ON t.id = CASE WHEN o.share_count > 0 THEN o.id WHEN d.share_count > 0 THEN d.id END`,
    parameters.values,
  )
  const found = new Map(rows.map(({key, row}) => [key, row && parseStored('RoyaltyTermsChange', row)]))
  return keys.map((key) => found.get(key) ?? null)
}
