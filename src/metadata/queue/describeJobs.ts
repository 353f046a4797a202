import type {Pool, PoolClient} from 'pg'
import type {ChainId} from '../../domain/caip'
import type {Address, Hash32} from '../../domain/hex'
import {inTransaction} from '../../process/inTransaction'
import type {PinnedBlock} from '../ethCall'
import {newestChangeSql} from '../notice/changesSql'
import {readChainState} from '../notice/readChainState'
import type {Commitment} from '../version/judgeCommitment'
import type {Job} from './leaseJobs'

/** A job with all that the tables say of it, at one moment. */
export type Task = Job &
  Readonly<{
    address: Address
    /** Null: the contract's own document. */
    tokenId: bigint | null
    standard: 'erc721' | 'erc1155' | null
    /** The newest change that concerns it: what a reading at the head covers. */
    change: Readonly<{id: string; hash: string; uri: string | null}> | null
    /** The block of the present life's mint, while the URI of that moment, or the document behind it, is not known. */
    mint: PinnedBlock | null
    /** What the contract said at the mint, where that is kept whole and the document behind it is not known. */
    mintUri: string | null
    mintedAt: Date | null
    /** The newest hash of content that was committed to on chain for it. */
    commitment: Commitment | null
    /** What it led to last. */
    version: Readonly<{id: string; documentHash: Buffer; atMint: boolean}> | null
  }>

export type Described = Readonly<{
  /** The newest block that is indexed; null: none is. */
  indexed: PinnedBlock | null
  tasks: readonly Task[]
}>

type Row = Readonly<{
  id: string
  token_id: string | null
  standard: Task['standard']
  mint_block: number | null
  mint_hash: string | null
  minted_at: Date | null
  mint_known: boolean
  mint_uri: string | null
  change_id: string | null
  change_hash: string | null
  change_uri: string | null
  version_id: string | null
  document_hash: Buffer | null
  at_mint: boolean | null
  committed_hash: string | null
  committed_uri: string | null
  committed_by: string | null
}>

const TASKS = `SELECT s.id, s.token_id, coalesce(a.standard, c.standard) AS standard, a.minted_at,
    m.number AS mint_block, m.hash AS mint_hash, (s.mint_uri_hash IS NOT NULL OR s.mint_failure IS NOT NULL) AS mint_known,
    CASE WHEN s.mint_uri_hash = sha256(convert_to(s.mint_uri, 'UTF8'))
      AND NOT EXISTS (SELECT FROM metadata_version x WHERE x.subject_id = s.id AND x.at_mint) THEN s.mint_uri END AS mint_uri,
    n.id AS change_id, n.hash AS change_hash, n.uri AS change_uri, v.id AS version_id, v.document_hash, v.at_mint,
    k.content_hash AS committed_hash, k.uri AS committed_uri, k.standard AS committed_by
  FROM metadata_subject s
  LEFT JOIN asset a ON a.id = s.id
  LEFT JOIN collection c ON c.id = s.collection_id
  LEFT JOIN block m ON m.id = s.chain_id::text || '-' || split_part(a.mint_id, '-', 2)
  LEFT JOIN metadata_version v ON v.id = s.version_id
  LEFT JOIN LATERAL ${newestChangeSql('s')} n ON true
  LEFT JOIN LATERAL (
    SELECT content_hash, uri, standard FROM metadata_commit WHERE asset_id = s.id AND authority <> 'unverified' AND content_hash IS NOT NULL
    ORDER BY id DESC LIMIT 1) k ON true
  WHERE s.id = ANY($1)`

/** In one snapshot, so that the block and the changes belong together: what is read at that block, or a later one, covers them. */
export async function describeJobs(pool: Pool, chainId: ChainId, jobs: readonly Job[]): Promise<Described> {
  const read = async (client: PoolClient) => {
    const indexed = (await readChainState(client, chainId))?.indexed ?? null
    const {rows} = await client.query<Row>(TASKS, [jobs.map(({id}) => id)])
    return {indexed, rows}
  }
  const {indexed, rows} = await inTransaction(pool, read, 'ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const found = new Map(rows.map((row) => [row.id, row]))
  return {
    indexed: indexed && {number: indexed.number, hash: indexed.hash as Hash32},
    tasks: jobs.flatMap((job) => taskOf(job, found.get(job.id)) ?? []),
  }
}

function taskOf(job: Job, row: Row | undefined): Task | null {
  if (!row) return null
  return {
    ...job,
    address: row.id.split('-')[1] as Address,
    tokenId: row.token_id === null ? null : BigInt(row.token_id),
    standard: row.standard,
    change: row.change_id && row.change_hash ? {id: row.change_id, hash: row.change_hash, uri: row.change_uri || null} : null,
    mint: !row.mint_known || row.mint_uri !== null ? mintBlock(row) : null,
    mintUri: row.mint_uri,
    mintedAt: row.minted_at,
    commitment:
      row.committed_hash === null ? null : {contentHash: row.committed_hash, uri: row.committed_uri, standard: row.committed_by ?? ''},
    version:
      row.version_id && row.document_hash ? {id: row.version_id, documentHash: row.document_hash, atMint: row.at_mint === true} : null,
  }
}

const mintBlock = ({mint_block: number, mint_hash: hash}: Row): PinnedBlock | null =>
  number !== null && hash ? {number, hash: hash as Hash32} : null
