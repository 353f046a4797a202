import {createList} from '../list/args'
import type {Stored} from '../stored'
import {Collection} from './collection'
import {collectionSpec} from './collectionSpec'

export const collections = createList(
  collectionSpec,
  () => Collection,
  (row: Stored<'Collection'>) => new Collection(row.id, row),
)
