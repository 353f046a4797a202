import type {HorizonSql} from './horizonSql'
import {assetSql} from './stateSql'

/**
 * The assets that an account owned at the answer's moment, as assetSql tells them, from what each transfer wrote down: the one that made it the
 * owner, which none followed that took the asset from it. Both are read in the order of the assets, and of what is asked for most neither
 * transfers nor assets are read, but only indexes. `behind`: conditions over an asset's id, for a page that begins or ends somewhere.
 */
export function ownedSql(owner: string, horizon: HorizonSql, behind: (id: string) => readonly string[] = () => []): string {
  const asset = (column: string) => `(SELECT a.${column} FROM ${assetSql(horizon)} a WHERE a.id = x.asset_id) AS ${column}`
  const within = (fact: string) => [horizon.upTo(`${fact}.id`), ...behind(`${fact}.asset_id`)].join(' AND ')
  return `(SELECT x.asset_id AS id, x.chain_id, x.collection_id, x.token_id, 'erc721' AS standard, x.owner, ${asset('creator')}, x.incarnation,
    ${asset('mint_id')}, ${asset('minted_at')}, NULL::text AS burn_id, NULL::timestamptz AS burned_at, x.ordinal AS transfer_count,
    1::numeric AS supply, x.id AS last_transfer_id
  FROM transfer x WHERE x.owner = ${owner} AND ${within('x')} AND ${horizon.onChain('x.chain_id')} AND NOT EXISTS (
    SELECT FROM transfer y WHERE y.previous_owner = ${owner} AND y.asset_id = x.asset_id AND y.id > x.id AND ${within('y')}))`
}
