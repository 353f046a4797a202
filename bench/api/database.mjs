// The filled database of a benchmark of the API: made anew, or one that an earlier run left behind.
import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {startDatabase} from '../processes.mjs'
import {fill} from './fill.mjs'

const require = createRequire(import.meta.url)

/** Options that benchmarks of the API have in common. */
export const DATABASE_OPTIONS = {
  tools: {type: 'string'},
  preset: {type: 'string', default: 'default'},
  database: {type: 'string'},
  keep: {type: 'string'},
}

/** What a filled database is known by: its URL for us and for the peers' role, and the chain in it. */
export async function prepareDatabase({tools, preset, database: file, keep}, say) {
  if (file) return {...JSON.parse(readFileSync(file, 'utf8')), stop: async () => {}}
  if (!tools) throw new Error('--tools <folder>: where replay-rpc is; or --database <file>')
  // The server that `npm start` brings along, for everybody: with PostgreSQL's own 128 MB of buffers, copying pages into them is measured.
  const database = await startDatabase(require('../../lib/postgres/settings.js').workSettings())
  const chainId = await fill({tools, preset, database, name: 'bench', say})
  const known = {url: database.url('bench'), plain: database.url('bench').replace('postgres:bench', 'plain:bench'), chainId}
  if (keep) writeFileSync(keep, JSON.stringify(known))
  return {...known, stop: database.stop}
}
