// The peer to beat: a hand-written loop for this one job. One thread asks for filtered eth_getLogs, decodes them by hand and writes them
// by COPY into the plain squid's five tables, indexes in place, while the next answer is on its way. No verification, no forks, no cache.
//   RPC_URL, DB_URL, CONTRACTS (with commas), TO_BLOCK
import pg from 'pg'

const {RPC_URL, DB_URL, CONTRACTS, TO_BLOCK} = process.env
const BLOCKS_AT_ONCE = 400
const last = Number(TO_BLOCK)

const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const METADATA_UPDATE = '0xf8e1a15aba9398e019f0b49df1a4fde98ee17ae345cb5f6b5e2c27f5033e8ce7'
const BATCH_METADATA_UPDATE = '0x6bd5c950a8d8df17f772f5af37cb3655737899cbf903264b9795592da439661c'
const LICENSE_GRANTED = '0xdbe7e2605446cbfdf58cdf25782c69d50fc87d01fa3ff1d984bd299ec8b997b7'
const ROYALTY_PAID = '0x37a84dcdc9a8991471957a1cd92ba0f7a2a78bcecace8332fc03c73c908c1b73'
const TOPICS = [TRANSFER, METADATA_UPDATE, BATCH_METADATA_UPDATE, LICENSE_GRANTED, ROYALTY_PAID]

const hex = (n) => `0x${n.toString(16)}`
async function call(requests) {
  const body = JSON.stringify(requests.map(([method, params], id) => ({jsonrpc: '2.0', id, method, params})))
  const response = await fetch(RPC_URL, {method: 'POST', headers: {'content-type': 'application/json'}, body})
  const replies = await response.json()
  return replies.map(({result, error}) => {
    if (error) throw new Error(error.message)
    return result
  })
}

/** Logs of a range, and the times of its blocks. */
async function fetchRange(from) {
  const to = Math.min(from + BLOCKS_AT_ONCE - 1, last)
  const [logs] = await call([['eth_getLogs', [{fromBlock: hex(from), toBlock: hex(to), address: CONTRACTS.split(','), topics: [TOPICS]}]]])
  const numbers = [...new Set(logs.map(({blockNumber}) => blockNumber))]
  const headers = numbers.length === 0 ? [] : await call(numbers.map((number) => ['eth_getBlockByNumber', [number, false]]))
  const times = new Map(headers.map(({number, timestamp}) => [number, new Date(Number(timestamp) * 1000).toISOString()]))
  return {logs, times}
}

const address = (topic) => `0x${topic.slice(26)}`
const word = (data, i) => `0x${data.slice(2 + 64 * i, 66 + 64 * i)}`
const text = (data, i) => {
  const at = 2 + 2 * Number(word(data, i))
  const length = Number(`0x${data.slice(at, at + 64)}`)
  const value = Buffer.from(data.slice(at + 64, at + 64 + 2 * length), 'hex').toString()
  return value.replace(/[\\\t\n\r]/g, (c) => ({'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'})[c])
}

/** The latest value of every asset: a hand-written loop may keep them all. */
const assets = new Map()

function decode({logs, times}) {
  const rows = {transfer: [], metadata_update: [], license: [], royalty_payment: []}
  const touched = new Map()
  for (const {address: contract, topics, data, blockNumber, logIndex, transactionHash} of logs) {
    const [block, index, time] = [Number(blockNumber), Number(logIndex), times.get(blockNumber)]
    const id = `${String(block).padStart(10, '0')}-${String(index).padStart(6, '0')}`
    const place = `${block}\t${time}\t${transactionHash}`
    switch (topics[0]) {
      case TRANSFER: {
        const token = BigInt(topics[3])
        const [assetId, from, to] = [`${contract}-${token}`, address(topics[1]), address(topics[2])]
        let asset = assets.get(assetId)
        if (!asset) assets.set(assetId, (asset = {contract, token, owner: to, minted: block, count: 0, updated: block, isNew: true}))
        asset.owner = to
        asset.count += 1
        asset.updated = block
        touched.set(assetId, asset)
        rows.transfer.push(`${id}\t${assetId}\t${from}\t${to}\t${index}\t${place}\n`)
        break
      }
      case METADATA_UPDATE:
      case BATCH_METADATA_UPDATE: {
        const [first, end] = [BigInt(word(data, 0)), BigInt(word(data, topics[0] === METADATA_UPDATE ? 0 : 1))]
        rows.metadata_update.push(`${id}\t${contract}\t${first}\t${end}\t${index}\t${place}\n`)
        break
      }
      case LICENSE_GRANTED: {
        const terms = [
          BigInt(topics[1]),
          `${contract}-${BigInt(topics[2])}`,
          address(topics[3]),
          BigInt(word(data, 0)),
          BigInt(word(data, 1)),
        ]
        rows.license.push(`${id}\t${terms.join('\t')}\t${word(data, 2)}\t${text(data, 3)}\t${place}\n`)
        break
      }
      default: {
        const [recipient, currency, payer] = [address(topics[2]), address(topics[3]), address(word(data, 0))]
        const payment = [`${contract}-${BigInt(topics[1])}`, recipient, currency, payer, BigInt(word(data, 1)), word(data, 2)]
        rows.royalty_payment.push(`${id}\t${payment.join('\t')}\t${place}\n`)
      }
    }
  }
  return {rows, assets: assetRows(touched)}
}

function assetRows(touched) {
  const [fresh, known] = [[], []]
  for (const [id, asset] of touched) {
    const {contract, token, owner, minted, count, updated, isNew} = asset
    ;(isNew ? fresh : known).push(`${id}\t${contract}\t${token}\t${owner}\t${minted}\t${count}\t${updated}\n`)
    asset.isNew = false
  }
  return {fresh, known}
}

const ASSET = 'id, collection, token_id, owner, minted_block, transfer_count, updated_block'
const COLUMNS = {
  transfer: 'id, asset_id, "from", "to", log_index, block, timestamp, tx_hash',
  metadata_update: 'id, collection, from_token_id, to_token_id, log_index, block, timestamp, tx_hash',
  license: 'id, license_id, asset_id, licensee, starts_at, ends_at, terms_hash, uri, block, timestamp, tx_hash',
  royalty_payment: 'id, asset_id, recipient, currency, payer, amount, sale_id, block, timestamp, tx_hash',
}

const client = new pg.Client({connectionString: DB_URL})
await client.connect()
await client.query('CREATE TEMP TABLE moved (LIKE asset)')

const copy = (into, columns, lines) =>
  new Promise((resolve, reject) => {
    if (lines.length === 0) return resolve()
    let failure = null
    client.query({
      submit: (connection) => connection.query(`COPY ${into} (${columns}) FROM STDIN`),
      callback: () => {},
      handleError: (error) => reject((failure = error)),
      handleReadyForQuery: () => failure || resolve(),
      handleCommandComplete: () => {},
      handleCopyInResponse: (connection) => {
        connection.sendCopyFromChunk(Buffer.from(lines.join('')))
        connection.endCopyFrom()
      },
    })
  })

async function write({rows, assets: {fresh, known}}) {
  await client.query('BEGIN')
  await copy('asset', ASSET, fresh)
  if (known.length > 0) {
    await copy('moved', ASSET, known)
    await client.query(`UPDATE asset SET owner = moved.owner, transfer_count = moved.transfer_count, updated_block = moved.updated_block
      FROM moved WHERE asset.id = moved.id`)
    await client.query('TRUNCATE moved')
  }
  for (const [table, lines] of Object.entries(rows)) await copy(table, COLUMNS[table], lines)
  await client.query('COMMIT')
}

let writing = Promise.resolve()
let ahead = fetchRange(0)
for (let from = 0; from <= last; from += BLOCKS_AT_ONCE) {
  const range = await ahead
  if (from + BLOCKS_AT_ONCE <= last) ahead = fetchRange(from + BLOCKS_AT_ONCE)
  const decoded = decode(range)
  await writing
  writing = write(decoded)
}
await writing
await client.end()
