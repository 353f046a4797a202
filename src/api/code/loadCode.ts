import {knownSql} from '../asOf/tableSql'
import type {LoadContext} from '../list/pageArgs'
import {createParameters} from '../list/parameters'
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
  moment: Moment
}>

/** What was asked about: an event key, '' for the end of what the answer knows, and its time, which lies between two where it is not known. */
export type Moment = Readonly<{at: string; from: Date; to: Date}>

type Row = Stored<'ContractUpgrade'>

/** The last change of code up to a moment, and the first one after it that the answer knows of. */
async function changesAround(
  context: LoadContext,
  collectionKey: string,
  at: string,
): Promise<Readonly<{last: Row | null; next: Row | null}>> {
  const parameters = createParameters(context)
  const [collection, moment] = [parameters.add(collectionKey), `${parameters.add(at)}::text`]
  const pick = (condition: string, way: string) =>
    `(SELECT ${selectJson('ContractUpgrade', 't')} FROM contract_upgrade t WHERE t.collection_id = ${collection}
      AND t.kind IN ('upgraded', 'beaconChanged') AND ${condition} AND ${knownSql(parameters)} ORDER BY t.id ${way} LIMIT 1)`
  const [row] = await context.db.query<{last: Readonly<Record<string, unknown>> | null; next: Readonly<Record<string, unknown>> | null}>(
    `SELECT ${pick(`(${moment} = '' OR t.id <= ${moment})`, 'DESC')} AS last, ${pick(`${moment} <> '' AND t.id > ${moment}`, 'ASC')} AS next`,
    parameters.values,
  )
  const parse = (json: Readonly<Record<string, unknown>> | null | undefined) => (json ? parseStored('ContractUpgrade', json) : null)
  return {last: parse(row?.last), next: parse(row?.next)}
}

const earlier = (a: Row | null, b: Row | null): Row | null => (a && b ? (a.id < b.id ? a : b) : (a ?? b))

/** A proxy on a beacon changes with the beacon, which alone logs it. */
export async function loadCode(context: LoadContext, collectionKey: string, moment: Moment): Promise<CodeSpan> {
  const {at} = moment
  const [chainId, contract] = collectionKey.split('-') as [string, string]
  const own = await changesAround(context, collectionKey, at)
  const beacon = own.last?.beacon ? await changesAround(context, `${chainId}-${own.last.beacon}`, at) : null
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
    moment,
  }
}
