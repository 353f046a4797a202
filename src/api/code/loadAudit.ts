import {keysUpTo} from '../asOf/asOf'
import {tableSql} from '../asOf/tableSql'
import type {Context} from '../context'
import {createParameters} from '../list/parameters'
import type {CodeSpan} from './loadCode'

type Row = Readonly<{isForever: boolean | null; expiry: string | null}>

/**
 * Whether one of the attesters vouched for the code, or for the contract while it ran it, by the words that stood at the moment: what they
 * said later, or took back later, is another matter.
 */
export async function loadAudit(
  {db, asOf, soleChainId}: Context,
  {chainId, code, contract, since, moment: {at}}: CodeSpan,
  attesters: readonly string[],
  schemas: readonly string[] | null,
): Promise<(time: Date) => boolean> {
  const horizon = {chainId: Number(chainId), ...keysUpTo(Number(chainId), null), lastKey: at as never}
  const parameters = createParameters({soleChainId, asOf: at === '' ? asOf : {horizons: [horizon]}})
  const [chain, behind, proxy, first] = [chainId, code, contract, since].map(parameters.add) as [string, string, string, string]
  const [who, kinds] = [parameters.add(attesters), `${parameters.add(schemas)}::text[]`]
  // Its subject may be another by now.
  const told = `t.id IN (SELECT x.attestation_ref FROM attestation_event x WHERE x.subject IN (${behind}, ${proxy}))`
  const [row] = await db.query<Row>(
    `SELECT bool_or(t.expiry IS NULL) AS "isForever", max(t.expiry)::text AS expiry FROM ${tableSql('Attestation', parameters)} t
     WHERE ${parameters.horizon === null ? 'true' : told} AND t.chain_id = ${chain}
       AND (t.subject = ${behind} OR t.subject = ${proxy} AND t.attestation_id >= ${first}) AND t.attester = ANY(${who}::text[])
       AND (${kinds} IS NULL OR t.schema = ANY(${kinds})) AND t.authority <> 'unverified' AND t.asset_id IS NULL AND t.revocation_id IS NULL`,
    parameters.values,
  )
  return (time) => row?.isForever === true || (row?.expiry != null && BigInt(row.expiry) >= BigInt(Math.floor(time.getTime() / 1000)))
}
