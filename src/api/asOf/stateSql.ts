import {ZERO_ADDRESS} from '../../domain/hex'
import type {TableName} from '../../domain/rows'
import {apiError} from '../errors'
import {attestationSql} from './attestationSql'
import {columnsOf} from './columnsOf'
import {generationHeadSql, generationSql} from './generationSql'
import type {HorizonSql} from './horizonSql'

/*
 * State tables as they were, from the facts: a row that nothing touched since is taken as it is, any other is put together from the
 * events up to the end of the horizon, by the key order of an index. `h` is the row as it is now. The rules are those of the projections,
 * which docs/decisions/conflicting-logs.md tells; test/integration/api.asOf.int.test.ts folds histories and compares.
 */

const ZERO = `'${ZERO_ADDRESS}'`

/** The first transfer of an id fixes its standard; those of the other kind are history only. ERC-1155 logs name an operator. */
const sameKind = (asset: string): string =>
  `(SELECT f.operator IS NOT NULL AS has_operator FROM transfer f WHERE f.asset_id = ${asset} ORDER BY f.id LIMIT 1) k
  CROSS JOIN transfer x WHERE x.asset_id = ${asset} AND (x.operator IS NOT NULL) = k.has_operator`

/**
 * What has moved once, and that later, was not there: pages of the past pass over many of these. Rare columns are selects of their own: what
 * nobody reads of them PostgreSQL leaves out. The end in a select of its own tells the planner nothing: knowing it, it would find the statement
 * cheaper near the head than for any block, and plan it for each answer.
 */
export function assetSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const minted = (column: string) => firstOfLife(column, `x."from" = ${ZERO}`, last)
  const burned = (column: string) => firstOfLife(column, `x."to" = ${ZERO}`, last)
  const ofLife = (column: string, earlier: string) =>
    `CASE WHEN l.id IS NULL THEN h.${column} WHEN l.incarnation < h.incarnation THEN ${earlier} WHEN h.mint_id <= ${last} THEN h.${column} END AS ${column}`
  const ofBurn = (column: string, was: string) =>
    `CASE WHEN l.id IS NULL THEN h.${column} WHEN l.owner IS NULL AND h.standard = 'erc721' THEN ${was} END AS ${column}`
  return `(SELECT h.id, h.chain_id, h.collection_id, h.token_id, h.standard,
    CASE WHEN l.id IS NULL THEN h.owner ELSE l.owner END AS owner,
    CASE WHEN l.id IS NULL THEN h.creator WHEN l.incarnation < h.incarnation THEN ${minted('transaction_from')}
      WHEN h.standard = 'erc721' THEN CASE WHEN h.mint_id <= ${last} THEN h.creator END
      WHEN h.creator IS NOT NULL AND EXISTS (SELECT FROM transfer x WHERE x.asset_id = h.id AND x.id <= ${last} AND x."from" = ${ZERO}
        AND (x.id = h.mint_id AND x.transaction_from IS NOT NULL OR x."to" = ${ZERO} AND x.amount = 0 AND x.operator IS NOT NULL))
      THEN h.creator END AS creator,
    coalesce(l.incarnation, h.incarnation) AS incarnation,
    ${ofLife('mint_id', minted('id'))}, ${ofLife('minted_at', minted('"timestamp"'))},
    ${ofBurn('burn_id', burned('id'))}, ${ofBurn('burned_at', burned('"timestamp"'))},
    coalesce(l.ordinal, h.transfer_count) AS transfer_count,
    CASE WHEN l.id IS NULL THEN h.supply WHEN h.standard = 'erc721' THEN CASE WHEN l.owner IS NULL THEN 0 ELSE 1 END
      ELSE h.supply - (SELECT coalesce(sum(CASE WHEN x."from" = ${ZERO} THEN x.amount ELSE -x.amount END), 0) FROM ${sameKind('h.id')}
        AND x.id > ${last} AND x."from" <> x."to" AND ${ZERO} IN (x."from", x."to")) END AS supply,
    coalesce(l.id, h.last_transfer_id) AS last_transfer_id
  FROM asset h
  LEFT JOIN LATERAL (SELECT x.id, x.owner, x.ordinal, x.incarnation FROM transfer x WHERE x.asset_id = h.id
    AND h.last_transfer_id > ${last} AND h.transfer_count > 1 AND x.id <= (SELECT ${last}) ORDER BY x.id DESC LIMIT 1) l ON true
  WHERE ${onChain('h.chain_id')} AND (h.last_transfer_id <= ${last} OR l.id IS NOT NULL))`
}

/** Of the ERC-721 transfers in the life that it had by then, the first of a kind. */
const firstOfLife = (column: string, kind: string, last: string): string =>
  `(SELECT x.${column} FROM ${sameKind('h.id')} AND x.id <= ${last} AND x.incarnation = l.incarnation AND ${kind} ORDER BY x.id LIMIT 1)`

/** Accounts that ever held have a row. What moved since is taken back. */
function balanceSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const moved = (side: 'from' | 'to') =>
    `(SELECT coalesce(sum(x.amount), 0) FROM ${sameKind('h.asset_id')} AND x."${side}" = h.account AND x.id > ${last})`
  const lastTransfer = `CASE WHEN h.last_transfer_id <= ${last} THEN h.last_transfer_id ELSE (SELECT max(x.id) FROM ${sameKind('h.asset_id')}
    AND x.id <= ${last} AND x."from" <> x."to" AND h.account IN (x."from", x."to")) END`
  return `(SELECT h.id, h.chain_id, h.collection_id, h.asset_id, h.account,
    CASE WHEN h.last_transfer_id <= ${last} THEN h.amount ELSE h.amount - ${moved('to')} + ${moved('from')} END AS amount,
    ${lastTransfer} AS last_transfer_id
  FROM balance h WHERE ${onChain('h.chain_id')})`
}

/** The terms are those of the grant. */
function licenseSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const revoked = (column: string, was: string) =>
    `CASE WHEN h.revocation_id IS NULL OR h.revocation_id <= ${last} THEN h.${column} ELSE r.${was} END`
  const exercised = (column: string) => `CASE WHEN h.exercise_id <= ${last} THEN h.${column} END`
  const columns = columnsOf('License', {
    licensee: `CASE WHEN h.last_event_id <= ${last} THEN h.licensee ELSE (SELECT x."to" FROM license_event x WHERE x.license_ref = h.id
      AND x.id <= ${last} AND x.applied AND x.kind IN ('granted', 'transferred') ORDER BY x.id DESC LIMIT 1) END`,
    revoked_from: revoked('revoked_from', 'effective_at'),
    revoked_by: revoked('revoked_by', '"from"'),
    revocation_reason: revoked('revocation_reason', 'reason'),
    revocation_id: revoked('revocation_id', 'id'),
    last_event_id: `CASE WHEN h.last_event_id <= ${last} THEN h.last_event_id ELSE greatest(h.grant_id, ${revoked('revocation_id', 'id')},
      (SELECT max(x.id) FROM license_event x WHERE x.license_ref = h.id AND x.id <= ${last} AND x.applied)) END`,
    exercised_at: exercised('exercised_at'),
    exercise_id: exercised('exercise_id'),
  })
  return `(SELECT ${columns} FROM license h
  LEFT JOIN LATERAL (SELECT * FROM (${revocationSql(last)} UNION ALL ${replacementSql(last)}) e ORDER BY e.id DESC LIMIT 1) r ON true
  WHERE ${onChain('h.chain_id')} AND h.grant_id <= ${last})`
}

const revocationSql = (last: string): string => `SELECT x.id, x.effective_at, x."from", x.reason FROM license_event x
  WHERE h.revocation_id > ${last} AND x.license_ref = h.id AND x.id <= ${last} AND x.applied AND x.kind = 'revoked'`

/** The next grant in its slot, if it was not over by then. */
const replacementSql = (last: string): string => `(SELECT g.grant_id, g.at, g."from", 'replaced' FROM
  (SELECT n.grant_id, n.licensor AS "from", extract(epoch FROM n.granted_at)::numeric AS at FROM license n
    WHERE h.revocation_id > ${last} AND n.slot_ref = h.slot_ref AND n.grant_id > h.grant_id AND n.asset_id = h.asset_id ORDER BY n.grant_id LIMIT 1) g
  WHERE g.grant_id <= ${last} AND (h.expiry IS NULL OR h.expiry >= g.at) AND NOT EXISTS (SELECT FROM license_event x
    WHERE x.license_ref = h.id AND x.id < g.grant_id AND x.applied AND x.kind = 'revoked'))`

function collectionSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const since = (table: string) => `${table} x WHERE x.collection_id = h.id AND x.id > ${last}`
  const told = (table: string) => `EXISTS (SELECT FROM ${table} x WHERE x.collection_id = h.id AND x.id <= ${last})`
  const code = (column: string, kinds: string) => `(SELECT x.${column} FROM contract_upgrade x
    WHERE x.collection_id = h.id AND x.id <= ${last} AND x.kind IN (${kinds}) ORDER BY x.id DESC LIMIT 1)`
  const columns = columnsOf('Collection', {
    standard: `CASE WHEN h.standard IS NOT NULL AND (${told('transfer')} OR ${told('range_transfer')}) THEN h.standard END`,
    implementation: code('implementation', `'upgraded', 'beaconChanged'`),
    beacon: code('beacon', `'upgraded', 'beaconChanged'`),
    admin: code('admin', `'adminChanged'`),
    asset_count: `h.asset_count - (SELECT count(*) FROM (SELECT DISTINCT x.asset_id FROM ${since('transfer')}) d
        WHERE NOT EXISTS (SELECT FROM transfer y WHERE y.asset_id = d.asset_id AND y.id <= ${last}))
      - (SELECT coalesce(sum(x.to_token_id - x.from_token_id + 1), 0) FROM ${since('range_transfer')}
        AND x."from" = ${ZERO} AND x.to_token_id >= x.from_token_id)`,
    transfer_count: `h.transfer_count - (SELECT count(*) FROM ${since('transfer')}) - (SELECT count(*) FROM ${since('range_transfer')})`,
  })
  return `(SELECT ${columns} FROM collection h WHERE ${onChain('h.chain_id')} AND h.first_event_id <= ${last})`
}

/** The first creation counts, for good. */
const factoryContractSql = ({end, onChain}: HorizonSql): string =>
  `(SELECT h.* FROM factory_contract h WHERE ${onChain('h.chain_id')} AND h.creation_id <= ${end('h.chain_id')})`

/** Terms never change: the first registration stands. */
const licenseTermsSql = ({end, onChain}: HorizonSql): string =>
  `(SELECT h.* FROM license_terms h WHERE ${onChain('h.chain_id')} AND h.registration_id <= ${end('h.chain_id')})`

/** The first word that counts binds an account for good. */
const tokenAccountSql = ({end, onChain}: HorizonSql): string =>
  `(SELECT h.* FROM token_account h WHERE ${onChain('h.chain_id')} AND h.binding_id <= ${end('h.chain_id')})`

const STATES: Readonly<Partial<Record<TableName, (horizon: HorizonSql) => string>>> = {
  Asset: assetSql,
  Balance: balanceSql,
  License: licenseSql,
  Collection: collectionSql,
  FactoryContract: factoryContractSql,
  LicenseTerms: licenseTermsSql,
  TokenAccount: tokenAccountSql,
  Attestation: attestationSql,
  Generation: generationSql,
  GenerationHead: generationHeadSql,
}

/** @throws a coded error for a table whose past is not told by facts */
export function stateAsOf(table: TableName, horizon: HorizonSql): string {
  const sql = STATES[table]
  if (!sql) throw apiError('AS_OF_UNSUPPORTED', `${table} cannot be told as of a block; ask for it without asOf`)
  return sql(horizon)
}
