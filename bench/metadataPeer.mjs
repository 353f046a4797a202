// What anybody would write: so many loops that ask for a token's URI, fetch it, parse it and insert it. No queue, no proof, no retry, no history.
//   node bench/metadataPeer.mjs <node url> <gateway url,gateway url> <database url> <tokens> <loops>
import {AbiCoder} from 'ethers'
import pg from 'pg'

const [node, gatewayUrls, database, tokens, loops] = process.argv.slice(2)
const gateways = gatewayUrls.split(',')
const pool = new pg.Pool({connectionString: database, max: 8})
// Connections outlive their pool by a little; the database ends meanwhile.
pool.on('error', () => {})
await pool.query('CREATE TABLE plain (token_id int PRIMARY KEY, uri text, document jsonb, read_at timestamptz DEFAULT now())')
const coder = AbiCoder.defaultAbiCoder()

async function read(tokenId) {
  const data = `0xc87b56dd${tokenId.toString(16).padStart(64, '0')}`
  const params = [{to: `0x${'c0'.repeat(20)}`, data}, 'latest']
  const call = await fetch(node, {method: 'POST', body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'eth_call', params})})
  const [uri] = coder.decode(['string'], (await call.json()).result)
  const answer = await fetch(`${gateways[tokenId % gateways.length]}/ipfs/${uri.slice(7)}`)
  await pool.query('INSERT INTO plain (token_id, uri, document) VALUES ($1, $2, $3)', [tokenId, uri, await answer.json()])
}

let next = 1
const warm = Math.min(200, Number(tokens) >> 3)
let begun = null
const loop = async () => {
  while (next <= Number(tokens)) {
    const tokenId = next++
    if (tokenId === warm) begun = {at: performance.now(), cpu: process.cpuUsage()}
    await read(tokenId)
  }
}
await Promise.all(Array.from({length: Number(loops)}, loop))
const {user, system} = process.cpuUsage(begun.cpu)
const told = JSON.stringify({seconds: (performance.now() - begun.at) / 1000, cpu: (user + system) / 1e6, read: Number(tokens) - warm})
// Who hears it ends the database.
await pool.end()
console.log(told)
