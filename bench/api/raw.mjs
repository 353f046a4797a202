// What the same JSON costs without GraphQL: node:http, pg, one prepared statement a request, JSON.stringify.
import {createServer} from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({connectionString: process.env['DB_URL'], max: 16})
const FACT = 'block, log_index AS "logIndex", "timestamp", tx_hash AS "txHash"'
const list = (columns, from) => `coalesce((SELECT json_agg(r) FROM (SELECT ${columns} FROM ${from} ORDER BY id DESC LIMIT 20) r), '[]')`

const STATEMENTS = {
  '/asset': {
    name: 'asset',
    text: `SELECT id, owner, transfer_count AS "transferCount",
      ${list(`${FACT}, "from", "to"`, 'transfer WHERE asset_id = $1')} AS transfers,
      ${list(`${FACT}, licensee`, 'license WHERE asset_id = $1')} AS licenses,
      ${list(`${FACT}, payer, recipient, currency, amount::text`, 'royalty_payment WHERE asset_id = $1')} AS royalties
      FROM asset WHERE id = $1`,
    parameter: 'id',
    single: true,
  },
  '/owner': {
    name: 'owner',
    text: 'SELECT collection, token_id AS "tokenId", transfer_count AS "transferCount" FROM asset WHERE owner = $1 ORDER BY id LIMIT 50',
    parameter: 'owner',
  },
  '/royalties': {
    name: 'royalties',
    text: 'SELECT currency, sum(amount) AS amount, count(*) AS payments FROM royalty_payment WHERE recipient = $1 GROUP BY currency',
    parameter: 'recipient',
  },
  '/updates': {
    name: 'updates',
    text: `SELECT collection, from_token_id AS "fromTokenId", to_token_id AS "toTokenId", ${FACT} FROM metadata_update ORDER BY id DESC LIMIT 100`,
  },
  '/transfers': {
    name: 'transfers',
    text: `SELECT asset_id AS "assetId", "from", "to", ${FACT} FROM transfer WHERE id < $1 ORDER BY id DESC LIMIT 50`,
    parameter: 'after',
  },
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const statement = STATEMENTS[url.pathname]
  if (!statement) return void response.writeHead(404).end()
  const {name, text, parameter, single} = statement
  const values = parameter ? [url.searchParams.get(parameter)] : []
  pool.query({name, text, values}).then(
    ({rows}) => {
      const json = JSON.stringify(single ? rows[0] : rows)
      response.writeHead(200, {'content-type': 'application/json', 'content-length': Buffer.byteLength(json)}).end(json)
    },
    (error) => response.writeHead(500).end(String(error)),
  )
}).listen(Number(process.env['PORT']), '127.0.0.1')
