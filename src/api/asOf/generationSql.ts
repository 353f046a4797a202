import {columnsOf} from './columnsOf'
import type {HorizonSql} from './horizonSql'

/*
 * A record follows from all that its claimant said of the asset, log by log, as src/projections/generation/record.ts has it. A record
 * that nothing touched since the end is taken as it is; for any other the logs up to the end are folded again. `s` is what the log before
 * left, `x` the log.
 */

const OWN = 'x.generation_id = h.id'
const known = (kind: string): string => `${OWN} AND x.kind = '${kind}' AND s.status IS NOT NULL`
const OTHER_OUTPUT = 'x.output_hash <> s.output_hash'
/** What was proven is open again: other content, or another proof than the one that was brought down. */
const REOPENS = `(s.status <> 'verified' AND coalesce(${OTHER_OUTPUT} OR s.status = 'invalidated' AND x.proof_hash <> s.proof_hash, false))`
const REPLACES = 'x.output_hash IS DISTINCT FROM s.output_hash'

/** Which of the rules a log is for this record; null: it leaves the record alone. */
const RULE = `CASE
  WHEN ${OWN} AND x.kind <> 'invalidated' AND s.status IS NULL THEN CASE x.kind WHEN 'verified' THEN 'verify' ELSE 'begin' END
  WHEN ${known('verified')} THEN 'verify'
  WHEN ${known('claimed')} THEN CASE WHEN ${REOPENS} THEN 'reopen' WHEN ${OTHER_OUTPUT} THEN 'disagree' ELSE 'fill' END
  WHEN ${known('updated')} THEN CASE WHEN ${REPLACES} THEN 'replace' ELSE 'confirm' END
  WHEN ${known('invalidated')} AND s.status <> 'invalidated' AND s.proof_hash = x.proof_hash THEN 'invalidate'
  WHEN x.kind = 'updated' AND NOT (${OWN}) AND s.is_head THEN 'supersede' END`

const byRule = (cases: Readonly<Record<string, string>>, otherwise: string): string =>
  `CASE r.rule ${Object.entries(cases)
    .map(([rule, value]) => `WHEN '${rule}' THEN ${value}`)
    .join(' ')} ELSE ${otherwise} END`

/** Rules that make the log the word that the record stands on. */
const SPEAKS = {begin: 'x.id', verify: 'x.id', reopen: 'x.id', replace: 'x.id'}
const FILLED_OUTPUT = 'coalesce(s.output_hash, x.output_hash)'
const FILLED_PROOF = `CASE WHEN s.status = 'claimed' THEN coalesce(x.proof_hash, s.proof_hash) ELSE s.proof_hash END`
const CLAIMED = 'coalesce(s.claim_id, x.id)'
const CLAIM_TOLD = `s.prompt IS NULL AND x.prompt IS NOT NULL OR s.superseded_id IS NOT NULL`

/** In the order of the recursion's columns. */
const NEXT: Readonly<Record<string, string>> = {
  id: 'x.id',
  status: byRule(
    {begin: `'claimed'`, verify: `'verified'`, reopen: `'claimed'`, replace: `'claimed'`, invalidate: `'invalidated'`},
    's.status',
  ),
  prompt: `CASE WHEN ${OWN} AND x.kind = 'claimed' THEN coalesce(s.prompt, x.prompt) ELSE s.prompt END`,
  output_hash: byRule(
    {
      begin: 'x.output_hash',
      verify: 'x.output_hash',
      reopen: 'coalesce(x.output_hash, s.output_hash)',
      replace: 'x.output_hash',
      fill: FILLED_OUTPUT,
    },
    's.output_hash',
  ),
  proof_hash: byRule(
    {begin: 'x.proof_hash', verify: 'x.proof_hash', reopen: 'x.proof_hash', replace: 'NULL', fill: FILLED_PROOF},
    's.proof_hash',
  ),
  claim_id: byRule({begin: 'x.id', reopen: 'x.id', replace: 'x.id', fill: CLAIMED, confirm: CLAIMED}, 's.claim_id'),
  verification_id: byRule({verify: 'x.id', reopen: 'NULL', replace: 'NULL'}, 's.verification_id'),
  invalidation_id: byRule({invalidate: 'x.id', verify: 'NULL', reopen: 'NULL', replace: 'NULL'}, 's.invalidation_id'),
  superseded_id: byRule(
    {supersede: 'x.id', reopen: 'NULL', disagree: 'NULL', fill: 'NULL', replace: 'NULL', confirm: 'NULL'},
    's.superseded_id',
  ),
  source_id: byRule(SPEAKS, 's.source_id'),
  updated_id: byRule(
    {
      ...SPEAKS,
      invalidate: 'x.id',
      supersede: 'x.id',
      disagree: `CASE WHEN ${CLAIM_TOLD} THEN x.id ELSE s.updated_id END`,
      fill: `CASE WHEN ${CLAIM_TOLD} OR s.claim_id IS NULL OR ${FILLED_OUTPUT} IS DISTINCT FROM s.output_hash
        OR ${FILLED_PROOF} IS DISTINCT FROM s.proof_hash THEN x.id ELSE s.updated_id END`,
      confirm: `CASE WHEN s.superseded_id IS NULL AND s.claim_id IS NOT NULL THEN s.updated_id ELSE x.id END`,
    },
    's.updated_id',
  ),
  is_head: `CASE WHEN x.kind IN ('claimed', 'updated') THEN ${OWN} WHEN x.kind = 'verified' AND NOT s.has_head THEN ${OWN} ELSE s.is_head END`,
  has_head: `s.has_head OR x.kind <> 'invalidated'`,
}

const FLAGS: ReadonlySet<string> = new Set(['is_head', 'has_head'])
const START = Object.keys(NEXT).map((name) => (name === 'id' ? `''::text` : FLAGS.has(name) ? 'false' : 'NULL::text'))

/** A stranger's claims have records of their own, and so has each life of the asset. */
const sameClaimant = `x.asset_id = h.asset_id AND x.incarnation = h.incarnation AND CASE WHEN h.authority = 'unverified'
  THEN x.authority = 'unverified' AND x.emitter = h.emitter ELSE x.authority <> 'unverified' END`

export function generationSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const isTouched = `(h.superseded_id > ${last} OR EXISTS (SELECT FROM generation_event x WHERE x.generation_id = h.id AND x.id > ${last}))`
  const steps = Object.entries(NEXT).map(([name, value]) => (FLAGS.has(name) ? value : `(${value})::text`))
  const folded = `WITH RECURSIVE s(${Object.keys(NEXT).join(', ')}) AS (
    SELECT ${START.join(', ')} WHERE ${isTouched}
    UNION ALL SELECT ${steps.join(', ')} FROM s CROSS JOIN LATERAL (SELECT * FROM generation_event x WHERE ${sameClaimant}
      AND x.id > s.id AND x.id <= ${last} AND x.generation_id IS NOT NULL ORDER BY x.id LIMIT 1) x CROSS JOIN LATERAL (SELECT ${RULE} AS rule) r)
    SELECT * FROM s ORDER BY id DESC LIMIT 1`
  const at = (event: string, column: string, now = column) => [now, `CASE WHEN f.id IS NULL THEN h."${now}" ELSE ${event}."${column}" END`]
  const columns = columnsOf(
    'Generation',
    Object.fromEntries([
      ...['status', 'prompt', 'output_hash', 'proof_hash', 'claim_id', 'verification_id', 'invalidation_id', 'superseded_id'].map(
        (column) => at('f', column),
      ),
      ...['model_id', 'proof_type', 'proof_uri', 'verifier', 'challenge_deadline'].map((column) => at('v', column)),
      ...['emitter', 'authority'].map((column) => at('e', column)),
      at('i', 'reason', 'invalidation_reason'),
      at('c', 'timestamp', 'claimed_at'),
      at('u', 'timestamp', 'updated_at'),
    ]),
  )
  const logs = Object.entries({c: 'claim_id', v: 'verification_id', i: 'invalidation_id', e: 'source_id', u: 'updated_id'})
  return `(SELECT ${columns} FROM generation h LEFT JOIN LATERAL (${folded}) f ON true
  ${logs.map(([alias, id]) => `LEFT JOIN generation_event ${alias} ON ${alias}.id = f.${id}`).join(' ')}
  WHERE ${onChain('h.chain_id')} AND (f.id IS NULL OR f.status IS NOT NULL))`
}

/** Of the last life that was spoken of, what was last claimed is current; only where nothing was claimed, what was verified first. */
export function generationHeadSql({end, onChain}: HorizonSql): string {
  const part = (n: number) => `split_part(h.id, '-', ${n})`
  const chain = `${part(1)}::numeric`
  const last = end(chain)
  const said = (column: string, kinds: string) => `SELECT x.${column} FROM generation_event x
    WHERE x.asset_id = ${part(1)} || '-' || ${part(2)} || '-' || ${part(3)} AND x.id <= ${last} AND x.kind IN (${kinds})
      AND CASE ${part(4)} WHEN '' THEN x.authority <> 'unverified' ELSE x.authority = 'unverified' AND x.emitter = ${part(4)} END`
  const ofLife = (kinds: string) => `${said('generation_id', kinds)} AND x.incarnation = l.incarnation`
  return `(SELECT h.id, w.generation_id, l.incarnation FROM generation_head h
  CROSS JOIN LATERAL (${said('incarnation', `'claimed', 'updated', 'verified'`)} ORDER BY x.id DESC LIMIT 1) l CROSS JOIN LATERAL (
    SELECT coalesce((${ofLife(`'claimed', 'updated'`)} ORDER BY x.id DESC LIMIT 1), (${ofLife(`'verified'`)} ORDER BY x.id LIMIT 1)) AS generation_id) w
  WHERE ${onChain(chain)})`
}
