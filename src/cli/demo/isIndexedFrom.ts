import {Client} from 'pg'

type Tip = Readonly<{height: number; hash: string}>

/** Whether the last block that the database has indexed is a block of this chain: only then can indexing go on. */
export async function isIndexedFrom(databaseUrl: string, rpcUrl: string, chainId: number): Promise<boolean> {
  const tip = await readTip(databaseUrl, chainId)
  return tip === null || (await fetchBlockHash(rpcUrl, tip.height)) === tip.hash
}

/** From Subsquid's own state. Null: nothing is indexed. */
async function readTip(url: string, chainId: number): Promise<Tip | null> {
  const client = new Client({connectionString: url})
  await client.connect()
  const state = `squid_processor_eip155_${chainId}`
  try {
    const {rows: tables} = await client.query(`SELECT to_regclass('${state}.hot_block') IS NOT NULL AS present`)
    if (!tables[0]?.present) return null
    const {rows} = await client.query<Tip>(
      `SELECT height, hash FROM (SELECT height, hash FROM ${state}.hot_block UNION ALL SELECT height, hash FROM ${state}.status) AS blocks
       WHERE height >= 0 ORDER BY height DESC LIMIT 1`,
    )
    return rows[0] ?? null
  } finally {
    await client.end()
  }
}

async function fetchBlockHash(rpcUrl: string, height: number): Promise<string | null> {
  const block = (await call(rpcUrl, 'eth_getBlockByNumber', [`0x${height.toString(16)}`, false])) as Readonly<{hash: string}> | null
  return block?.hash ?? null
}

export const fetchHead = async (rpcUrl: string): Promise<number> => Number(await call(rpcUrl, 'eth_blockNumber', []))

async function call(rpcUrl: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const body = JSON.stringify({jsonrpc: '2.0', id: 1, method, params})
  const response = await fetch(rpcUrl, {method: 'POST', headers: {'content-type': 'application/json'}, body})
  const {result} = (await response.json()) as Readonly<{result: unknown}>
  return result
}
