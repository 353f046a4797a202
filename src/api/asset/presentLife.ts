import {tableSql} from '../asOf/tableSql'
import type {Parameters} from '../list/parameters'

/** SQL: the life that the asset has at the answer's moment, burned or not; of one that no transfer told of, the first. */
export const presentLife = (assetKey: string, parameters: Pick<Parameters, 'horizon'>): string =>
  `coalesce((SELECT life.incarnation FROM ${tableSql('Asset', parameters)} life WHERE life.id = ${assetKey}), 1)`
