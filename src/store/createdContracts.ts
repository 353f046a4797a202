import type {ChainId} from '../domain/caip'
import type {Address} from '../domain/hex'
import type {CreatedContracts} from '../pipeline/store'
import type {Query} from './loadRows'

/** Some megabytes of answer. */
const PAGE = 20_000

/** Some hundred bytes a contract. */
export type KeptContracts = CreatedContracts &
  Readonly<{
    /** Before blocks above this height are handed over: forgets what others created there, on another branch or in a try that failed. */
    dropAbove: (height: number) => void
    size: () => number
  }>

export function createKeptContracts(): KeptContracts {
  const since = new Map<Address, number>()
  /** No creation is later: most often there is nothing to drop. */
  let latest = -1
  return {
    since: (contract) => since.get(contract),
    add: (contract, block) => {
      if (since.has(contract)) return
      // A copy: a part of a log's data would keep all of it.
      since.set(Buffer.from(contract, 'latin1').toString('latin1') as Address, block)
      if (block > latest) latest = block
    },
    dropAbove: (height) => {
      if (latest <= height) return
      for (const [contract, block] of since) if (block > height) since.delete(contract)
      latest = height
    },
    size: () => since.size,
  }
}

/** Those of one chain that are stored, a page at a time. */
export async function loadCreated(query: Query, chainId: ChainId, page = PAGE): Promise<KeptContracts> {
  const kept = createKeptContracts()
  for (let last = ''; ; ) {
    const rows = (await query(
      'SELECT id, address, created_in FROM factory_contract WHERE chain_id = $1::numeric AND id > $2 ORDER BY id LIMIT $3',
      [chainId, last, page],
    )) as readonly Readonly<{id: string; address: Address; created_in: number}>[]
    for (const {id, address, created_in} of rows) {
      kept.add(address, created_in)
      last = id
    }
    if (rows.length < page) return kept
  }
}
