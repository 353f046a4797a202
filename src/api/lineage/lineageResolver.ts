import {Arg, Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {knownSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {UNVERIFIED_TOO} from '../list/args'
import {createParameters} from '../list/parameters'
import {AssetIdScalar} from '../scalars'
import {parseStored, selectJson} from '../stored'
import {Derivative} from './derivative'

const Direction = {ANCESTORS: 'ANCESTORS', DESCENDANTS: 'DESCENDANTS', BOTH: 'BOTH'} as const
registerEnumType(Direction, {
  name: 'LineageDirection',
  description: 'Which way to walk from an asset.',
  valuesConfig: {
    ANCESTORS: {description: 'What it was made from.'},
    DESCENDANTS: {description: 'What was made from it.'},
    BOTH: {description: 'Both; maxDepth and first hold for each way.'},
  },
})
type Way = keyof typeof Direction

@ObjectType({description: 'What an asset was made from, and what was made from it.'})
export class Lineage {
  @Field(() => Asset, {description: 'The asset that was asked about.'})
  root!: Asset
  @Field(() => [Asset], {description: 'Every asset on an edge, the root first.'})
  nodes!: readonly Asset[]
  @Field(() => [Derivative], {description: 'In chain order; what was told several times as it was told first.'})
  edges!: readonly Derivative[]
  @Field(() => Boolean, {description: 'Whether there is more beyond maxDepth or first.'})
  truncated!: boolean
}

const MAX_DEPTH = 32
const MAX_EDGES = 1_000

@Resolver()
export class LineageResolver {
  @Query(() => Lineage, {description: 'The derivation graph around an asset, ancestors and descendants.'})
  async lineage(
    @Ctx() context: Context,
    @Arg('asset', () => AssetIdScalar, {description: 'Where to begin, CAIP-19.'}) asset: string,
    @Arg('direction', () => Direction, {defaultValue: Direction.BOTH, description: 'Which way to walk.'}) direction: Way,
    @Arg('maxDepth', () => Int, {defaultValue: 8, description: `Steps away from the asset, at most ${MAX_DEPTH}.`}) maxDepth: number,
    @Arg('first', () => Int, {defaultValue: 200, description: `Edges, at most ${MAX_EDGES}.`}) first: number,
    @Arg('includeUnverified', () => Boolean, {nullable: true, description: UNVERIFIED_TOO}) includeUnverified: boolean | null,
  ): Promise<Lineage> {
    check('maxDepth', maxDepth, MAX_DEPTH)
    check('first', first, MAX_EDGES)
    const root = assetKey(parseInput(parseAssetId, asset))
    const walks = direction === 'BOTH' ? (['ANCESTORS', 'DESCENDANTS'] as const) : [direction]
    const edges = new Map<string, Derivative>()
    let truncated = false
    for (const way of walks) {
      const found = await walk(context, root, way, {maxDepth, first, includeUnverified: includeUnverified === true})
      truncated ||= found.truncated
      for (const edge of found.edges) edges.set(edge.id, edge)
    }
    const sorted = [...edges.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const keys = new Set([
      root,
      ...sorted.flatMap(({row}) => (row.parentAssetId === null ? [] : [row.parentAssetId])),
      ...sorted.map(({row}) => row.childAssetId),
    ])
    return {root: new Asset(root), nodes: [...keys].map((key) => new Asset(key)), edges: sorted, truncated}
  }
}

function check(name: string, value: number, max: number): void {
  if (value < 0 || value > max) throw apiError('LIMIT_EXCEEDED', `${name} is ${value}; it may be 0 to ${max}`, {limit: max, asked: value})
}

type Bounds = Readonly<{maxDepth: number; first: number; includeUnverified: boolean}>

/** The same edge by an earlier log: ERC-5521 tells all of a token's edges anew with each of its logs, which anybody can bring about. */
const TOLD_BEFORE = `SELECT FROM derivative e WHERE e.child_asset_id = t.child_asset_id AND e.id < t.id
  AND e.parent_asset_id IS NOT DISTINCT FROM t.parent_asset_id AND e.parent_content IS NOT DISTINCT FROM t.parent_content
  AND (e.emitter, e.relation, e.royalty_bps, e.authority) = (t.emitter, t.relation, t.royalty_bps, t.authority)
  AND e.license_ref IS NOT DISTINCT FROM t.license_ref`

/** Level by level, each in one query, each asset once: loops end, and a graph that fans out costs no more than `first` edges a level. */
async function walk(context: Context, root: string, way: 'ANCESTORS' | 'DESCENDANTS', {maxDepth, first, includeUnverified}: Bounds) {
  const [from, to] = way === 'ANCESTORS' ? (['child_asset_id', 'parentAssetId'] as const) : (['parent_asset_id', 'childAssetId'] as const)
  const edges: Derivative[] = []
  const seen = new Set([root])
  let frontier = [root]
  for (let depth = 0; frontier.length > 0; depth++) {
    const parameters = createParameters(context)
    const [keys, anyone, limit] = [frontier, includeUnverified, depth === maxDepth ? 1 : first - edges.length + 1].map(parameters.add)
    const rows = await context.db.query<{row: Readonly<Record<string, unknown>>}>(
      `SELECT ${selectJson('Derivative', 't')} AS row FROM derivative t WHERE t."${from}" = ANY(${keys}) AND (${anyone} OR t.authority <> 'unverified')
       AND ${knownSql(parameters)} AND NOT EXISTS (${TOLD_BEFORE}) ORDER BY t.id LIMIT ${limit}`,
      parameters.values,
    )
    if (depth === maxDepth) return {edges, truncated: rows.length > 0}
    const next = rows.map(({row}) => new Derivative(parseStored('Derivative', row)))
    const room = first - edges.length
    edges.push(...next.slice(0, room))
    if (next.length > room) return {edges, truncated: true}
    frontier = [...new Set(next.map(({row}) => row[to]))].filter((key) => key !== null && !seen.has(key)) as string[]
    for (const key of frontier) seen.add(key)
  }
  return {edges, truncated: false}
}
