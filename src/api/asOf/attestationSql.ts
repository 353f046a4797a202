import {columnsOf} from './columnsOf'
import type {HorizonSql} from './horizonSql'

/** Of the log that made it, where a later one said it anew. */
const WORDS = [
  'authority',
  'standard',
  'subject',
  'asset_id',
  'token_id',
  'schema',
  'expiry',
  'score',
  'tag',
  'content_hash',
  'uri',
  'data',
  'data_source',
  'ref_uid',
  'revocable',
] as const

/** The last word up to the end, and whether it was taken back by then. Whose word it is never changes. */
export function attestationSql({end, onChain}: HorizonSql): string {
  const last = end('h.chain_id')
  const said = (now: string, was: string) => `CASE WHEN m.id IS NULL THEN h."${now}" ELSE m."${was}" END`
  const revoked = (now: string, was: string) =>
    `CASE WHEN m.id IS NOT NULL THEN r."${was}" WHEN h.revocation_id <= ${last} THEN h."${now}" END`
  const columns = columnsOf('Attestation', {
    ...Object.fromEntries(WORDS.map((column) => [column, said(column, column)])),
    attested_at: said('attested_at', 'timestamp'),
    attestation_id: said('attestation_id', 'id'),
    last_event_id: `CASE WHEN m.id IS NOT NULL THEN coalesce(r.id, m.id) WHEN h.revocation_id <= ${last} THEN h.revocation_id ELSE h.attestation_id END`,
    revoked_at: revoked('revoked_at', 'timestamp'),
    revocation_id: revoked('revocation_id', 'id'),
  })
  const applied = (kind: string) => `FROM attestation_event x WHERE h.attestation_id > ${last} AND x.attestation_ref = h.id
    AND x.id <= ${last} AND x.applied AND x.kind = '${kind}'`
  return `(SELECT ${columns} FROM attestation h
  LEFT JOIN LATERAL (SELECT x.* ${applied('made')} ORDER BY x.id DESC LIMIT 1) m ON true
  LEFT JOIN LATERAL (SELECT x.id, x."timestamp" ${applied('revoked')} AND x.id > m.id ORDER BY x.id LIMIT 1) r ON true
  WHERE ${onChain('h.chain_id')} AND (h.attestation_id <= ${last} OR m.id IS NOT NULL))`
}
