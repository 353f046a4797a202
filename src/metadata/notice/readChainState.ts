import type {ClientBase} from 'pg'
import {type ChainState, chainStatesSql, parseChainStates} from '../../api/chainState'
import {SCHEMA_PREFIX} from '../../api/stateSchemas'
import type {ChainId} from '../../domain/caip'

/** How far the chain's processor is; null before its first batch. */
export async function readChainState(client: Pick<ClientBase, 'query'>, chainId: ChainId): Promise<ChainState | null> {
  const schema = `${SCHEMA_PREFIX}${chainId}`
  const {rows} = await client.query<{known: boolean}>(
    `SELECT to_regclass('${schema}.hot_block') IS NOT NULL AND to_regclass('${schema}.status') IS NOT NULL AS known`,
  )
  if (!rows[0]?.known) return null
  return parseChainStates((await client.query(chainStatesSql([chainId]))).rows)[0] ?? null
}
