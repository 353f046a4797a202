import {Field, Int, ObjectType} from 'type-graphql'
import type {Context} from '../context'
import {BigIntScalar} from '../scalars'

type CoverageRow = Readonly<{
  read: number
  failing: number
  queued: number
  verified: number
  mismatched: number
  mutable: number
  unverifiable: number
}>

@ObjectType({description: 'How much of a collection’s metadata is there, and what it is worth: of the tokens that assets counts.'})
export class MetadataCoverage {
  readonly #row: CoverageRow
  @Field(() => BigIntScalar, {description: 'Token ids ever seen: collection.assetCount.'})
  assets: string

  constructor(row: CoverageRow, assets: string) {
    this.#row = row
    this.assets = assets
  }
  @Field(() => Int, {description: 'Tokens with a document that was read.'})
  get read(): number {
    return this.#row.read
  }
  @Field(() => Int, {description: 'Tokens whose last try failed; some of them have an older document.'})
  get failing(): number {
    return this.#row.failing
  }
  @Field(() => Int, {description: 'Tokens that wait to be read, those after a failure included.'})
  get queued(): number {
    return this.#row.queued
  }
  @Field(() => Int, {description: 'Of those read: with the verdict VERIFIED.'})
  get verified(): number {
    return this.#row.verified
  }
  @Field(() => Int, {description: 'With the verdict MISMATCHED.'})
  get mismatched(): number {
    return this.#row.mismatched
  }
  @Field(() => Int, {description: 'With the verdict MUTABLE.'})
  get mutable(): number {
    return this.#row.mutable
  }
  @Field(() => Int, {description: 'With the verdict UNVERIFIABLE.'})
  get unverifiable(): number {
    return this.#row.unverifiable
  }
}

const NOTHING: CoverageRow = {read: 0, failing: 0, queued: 0, verified: 0, mismatched: 0, mutable: 0, unverifiable: 0}

const counted = (name: keyof CoverageRow, condition: string): string => `count(*) FILTER (WHERE ${condition})::int AS ${name}`

/** Anybody may have an id refreshed that no token has: such are no part of what could be there. */
export async function fetchCoverage({db}: Context, collectionKey: string, assets: string): Promise<MetadataCoverage> {
  const verdicts = (['verified', 'mismatched', 'mutable', 'unverifiable'] as const).map((verdict) =>
    counted(verdict, `verdict = '${verdict}'`),
  )
  const [row] = await db.query<CoverageRow>(
    `SELECT ${counted('read', 'read_at IS NOT NULL')}, ${counted('failing', 'failure_kind IS NOT NULL')},
       ${counted('queued', 'priority IS NOT NULL')}, ${verdicts.join(', ')}
     FROM metadata_subject WHERE collection_id = $1 AND token_id IS NOT NULL AND id IN (SELECT id FROM asset WHERE collection_id = $1)`,
    [collectionKey],
  )
  return new MetadataCoverage(row ?? NOTHING, assets)
}
