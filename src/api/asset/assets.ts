import {createList} from '../list/args'
import type {Stored} from '../stored'
import {Asset} from './asset'
import {assetSpec} from './assetSpec'

export const assets = createList(
  assetSpec,
  () => Asset,
  (row: Stored<'Asset'>) => new Asset(row.id, row),
)
