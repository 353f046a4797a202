import type {Pool} from 'pg'
import {blockId, eventKey} from '../../src/domain/ids'
import {CHAIN, GENESIS} from './filledDatabase'
import {insertRow} from './givenRows'

/** An address that is nobody's. */
export const COLLECTION = `0x${'c0'.repeat(20)}`
export const collectionKey = (address = COLLECTION): string => `${CHAIN}-${address}`
export const tokenKey = (tokenId: bigint | number, address = COLLECTION): string => `${collectionKey(address)}-${tokenId}`

const SCHEMA = `squid_processor_eip155_${CHAIN}`
const hashOf = (number: number, branch: string) => `0x${branch}${number.toString(16).padStart(63, '0')}`

export type Changed = Readonly<{from: bigint | number; to?: bigint | number | null; uri?: string; logIndex?: number}>

/** What a processor would have written: blocks, assets, and what contracts said of metadata; hot above `finalized`. */
export async function createMetadataChain(pool: Pool) {
  await pool.query(`CREATE SCHEMA ${SCHEMA};
    CREATE TABLE ${SCHEMA}.status (id int4 primary key, height int4 not null, hash text);
    CREATE TABLE ${SCHEMA}.hot_block (height int4 primary key, hash text not null);
    INSERT INTO ${SCHEMA}.status VALUES (0, 0, '${hashOf(0, 'a')}')`)
  const numeric = (id: bigint | number) => String(id) as unknown as bigint
  const now = () => new Date()

  /** What the block tells has to be stored before: a processor writes both at once, and who has seen the block looks at it no more. */
  const mineBlock = async (number: number, branch = 'a', timestamp = now()) => {
    const hash = hashOf(number, branch)
    await insertRow(pool, 'Block', {id: blockId(CHAIN, number), number, hash, timestamp})
    await pool.query(`INSERT INTO ${SCHEMA}.hot_block VALUES ($1, $2)`, [number, hash])
    return {number, hash}
  }
  return {
    mineBlock,
    /** Everything up to the block is final. */
    finalize: async (number: number, branch = 'a') => {
      await pool.query(`UPDATE ${SCHEMA}.status SET height = $1, hash = $2`, [number, hashOf(number, branch)])
      await pool.query(`DELETE FROM ${SCHEMA}.hot_block WHERE height <= $1`, [number])
    },
    /** Takes back the blocks from here on, with all that they told. */
    fork: async (number: number) => {
      const from = eventKey(CHAIN, number, 0, 0)
      await pool.query('DELETE FROM metadata_change WHERE id >= $1', [from])
      await pool.query('DELETE FROM transfer WHERE id >= $1', [from])
      await pool.query('DELETE FROM block WHERE number >= $1', [number])
      await pool.query(`DELETE FROM ${SCHEMA}.hot_block WHERE height >= $1`, [number])
    },
    /** A collection with tokens 1 to `count`, minted in that block. */
    addCollection: async (count: number, {address = COLLECTION, standard = 'erc721' as const, block = 1, mintedAt = now()} = {}) => {
      const key = eventKey(CHAIN, block, 0, 0)
      await insertRow(pool, 'Collection', {
        id: collectionKey(address),
        address,
        standard,
        assetCount: numeric(count),
        firstEventId: key,
        firstEventAt: mintedAt,
      })
      await pool.query(
        `INSERT INTO asset (id, chain_id, collection_id, token_id, standard, incarnation, mint_id, minted_at, transfer_count, supply, last_transfer_id)
         SELECT $1 || '-' || n, $2, $1, n, $3, 1, $4, $5, 1, 1, $4 FROM generate_series(1, $6::int) n`,
        [collectionKey(address), CHAIN, standard, key, mintedAt, count],
      )
    },
    /** ERC-4906: `to` left out: one token; null: open-ended. */
    change: async (block: number, {from, to, uri, logIndex = 1}: Changed, {address = COLLECTION, at = now()} = {}) =>
      insertRow(pool, 'MetadataChange', {
        id: eventKey(CHAIN, block, logIndex, 0),
        blockNumber: block,
        logIndex,
        timestamp: at,
        collectionId: collectionKey(address),
        scope: to === undefined ? 'token' : 'range',
        assetId: to === undefined ? tokenKey(from, address) : null,
        fromTokenId: numeric(from),
        toTokenId: to === null ? null : numeric(to ?? from),
        uri: uri ?? null,
      }),
    /** ERC-7572. */
    changeContract: async (block: number, {uri, logIndex = 2}: Readonly<{uri?: string; logIndex?: number}> = {}) =>
      insertRow(pool, 'MetadataChange', {
        id: eventKey(CHAIN, block, logIndex, 0),
        ...{blockNumber: block, logIndex, timestamp: now(), collectionId: collectionKey(), scope: 'contract', uri: uri ?? null},
      }),
    transfer: async (block: number, tokenId: number, {logIndex = 3, at = now()} = {}) =>
      insertRow(pool, 'Transfer', {
        id: eventKey(CHAIN, block, logIndex, 0),
        ...{blockNumber: block, logIndex, timestamp: at, collectionId: collectionKey(), assetId: tokenKey(tokenId)},
        tokenId: numeric(tokenId),
        incarnation: 1,
      }),
    genesis: GENESIS,
  }
}
export type MetadataChain = Awaited<ReturnType<typeof createMetadataChain>>
