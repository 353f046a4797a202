import type {Snapshot} from '../snapshot'
import {parseStored, type Stored, selectJson} from '../stored'

/** A stretch of a contract's life with one code. Event keys are '' where there is none. */
export type CodeSpan = Readonly<{
  chainId: string
  contract: string
  code: string
  upgrade: Stored<'ContractUpgrade'> | null
  since: string
  until: string
  untilTime: Date | null
  /** The moment that was asked about; '': now. */
  at: string
  atTime: Date
}>

type Row = Stored<'ContractUpgrade'>

/** The last change of code up to a moment, and the first one after it. */
async function changesAround(db: Snapshot, collectionKey: string, at: string): Promise<Readonly<{last: Row | null; next: Row | null}>> {
  const pick = (condition: string, way: string) =>
    `(SELECT ${selectJson('ContractUpgrade', 't')} FROM contract_upgrade t
      WHERE t.collection_id = $1 AND t.kind IN ('upgraded', 'beaconChanged') AND ${condition} ORDER BY t.id ${way} LIMIT 1)`
  const [row] = await db.query<{last: Readonly<Record<string, unknown>> | null; next: Readonly<Record<string, unknown>> | null}>(
    `SELECT ${pick(`($2 = '' OR t.id <= $2)`, 'DESC')} AS last, ${pick(`$2 <> '' AND t.id > $2`, 'ASC')} AS next`,
    [collectionKey, at],
  )
  const parse = (json: Readonly<Record<string, unknown>> | null | undefined) => (json ? parseStored('ContractUpgrade', json) : null)
  return {last: parse(row?.last), next: parse(row?.next)}
}

const earlier = (a: Row | null, b: Row | null): Row | null => (a && b ? (a.id < b.id ? a : b) : (a ?? b))

/** A proxy on a beacon changes with the beacon, which alone logs it. `at`: an event key; '': now. */
export async function loadCode(db: Snapshot, collectionKey: string, at: string, atTime: Date): Promise<CodeSpan> {
  const [chainId, contract] = collectionKey.split('-') as [string, string]
  const own = await changesAround(db, collectionKey, at)
  const beacon = own.last?.beacon ? await changesAround(db, `${chainId}-${own.last.beacon}`, at) : null
  const behind = beacon ? beacon.last : own.last
  const next = earlier(own.next, beacon?.next ?? null)
  const upgrade = beacon?.last && own.last && beacon.last.id > own.last.id ? beacon.last : own.last
  return {
    chainId,
    contract,
    code: behind?.implementation ?? contract,
    upgrade,
    since: upgrade?.id ?? '',
    until: next?.id ?? '',
    untilTime: next?.timestamp ?? null,
    at,
    atTime,
  }
}
