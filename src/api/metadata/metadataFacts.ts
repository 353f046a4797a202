import {Ctx, Field, FieldResolver, ObjectType, Resolver, Root} from 'type-graphql'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import {MetadataCommit} from '../commit/metadataCommit'
import type {Context} from '../context'
import {DateTimeScalar} from '../scalars'
import {loadFacts, type MetadataFactRows} from './factsLoader'
import {MetadataUpdate} from './metadataUpdate'
import {MetadataVersion} from './metadataVersion'
import {type VersionRow, versionColumns} from './versionRow'

/** Documents of one state that are shown. */
const MAX_DOCUMENTS = 20

@ObjectType({
  description:
    'What the chain had told of its metadata at the moment of the answer, which is state, and the documents that were read of it, which are evidence: each says when it was seen.',
})
export class MetadataFacts {
  constructor(
    readonly key: string,
    readonly rows: MetadataFactRows,
  ) {}
  @Field(() => String, {
    nullable: true,
    description: 'The URI that the newest change carries; null where its log carries none: documents tell what the contract answered.',
  })
  get uri(): string | null {
    return this.rows.change?.uri ?? null
  }
  @Field(() => MetadataUpdate, {nullable: true, description: 'The newest change that concerns it; null: none since the mint.'})
  get change(): MetadataUpdate | null {
    return this.rows.change && new MetadataUpdate(this.rows.change)
  }
  @Field(() => MetadataCommit, {nullable: true, description: 'The newest commitment to what its content is.'})
  get commitment(): MetadataCommit | null {
    return this.rows.commit && new MetadataCommit(this.rows.commit)
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Block time of the newest change, where no document was read between it and the next one; null: one was, or nothing changed.',
  })
  async staleSince(@Ctx() context: Context): Promise<Date | null> {
    if (this.rows.change === null || (await this.documents(context)).length > 0) return null
    return this.rows.change.timestamp
  }
  @Field(() => [MetadataVersion], {
    description: `What was read of it between the newest change (or the mint) and the next one, the last first; at most ${MAX_DOCUMENTS}. Documents that are read later join them.`,
  })
  async documents(@Ctx() context: Context): Promise<readonly MetadataVersion[]> {
    const {change, nextBlock} = this.rows
    const load = context.nested('metadata evidence', (asked) =>
      fetchEvidence(
        context,
        asked.map((text) => JSON.parse(text) as Asked),
      ),
    )
    const rows = (await load.load(JSON.stringify([this.key, change?.blockNumber ?? 0, nextBlock]))) as readonly VersionRow[]
    return rows.map((row) => new MetadataVersion(row))
  }
}

type Asked = readonly [key: string, from: number, before: number | null]

/** Versions of each subject whose readings reach into its span of blocks. */
async function fetchEvidence({db}: Context, asked: readonly Asked[]): Promise<readonly (readonly VersionRow[])[]> {
  const rows = await db.query<VersionRow>(
    `SELECT ${versionColumns('v.subject_id, v.id DESC')} FROM unnest($1::text[], $2::int[], $3::int[]) s(key, start, before)
     CROSS JOIN LATERAL (SELECT * FROM metadata_version x WHERE x.subject_id = s.key AND x.last_block_number >= s.start
       AND (s.before IS NULL OR x.block_number < s.before) ORDER BY x.id DESC LIMIT ${MAX_DOCUMENTS}) v
     JOIN metadata_document d ON d.hash = v.document_hash ORDER BY v.subject_id, v.id DESC`,
    [0, 1, 2].map((i) => asked.map((one) => one[i])),
  )
  return asked.map(([key]) => rows.filter((row) => row.subject_id === key))
}

const DESCRIPTION = 'What the chain has told of its metadata, with the documents that were read of it: now, or as of a block.'

@Resolver(() => Asset)
export class AssetFactsResolver {
  @FieldResolver(() => MetadataFacts, {description: DESCRIPTION})
  async metadataFacts(@Ctx() context: Context, @Root() {key}: Asset): Promise<MetadataFacts> {
    return new MetadataFacts(key, await loadFacts(context, key))
  }
}

@Resolver(() => Collection)
export class CollectionFactsResolver {
  @FieldResolver(() => MetadataFacts, {description: DESCRIPTION})
  async metadataFacts(@Ctx() context: Context, @Root() {key}: Collection): Promise<MetadataFacts> {
    return new MetadataFacts(key, await loadFacts(context, key))
  }
}
