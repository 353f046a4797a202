import {Pool, type PoolConfig} from 'pg'

/**
 * A pool whose broken connections are told of and replaced, never fatal: node-postgres raises `error` on the pool for an idle
 * connection, and on the connection itself for one that is lent out; without a listener either would end the process.
 */
export function openPool(config: PoolConfig, onBroken: (error: Error) => void): Pool {
  const pool = new Pool(config)
  pool.on('error', onBroken)
  // Whoever holds it learns of it from the query under way or the next one.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
