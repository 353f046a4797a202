import type {Projection} from '../domain/projection'
import {contracts} from './contracts/contracts'
import {generation} from './generation/generation'
import {licensing} from './licensing/licensing'
import {lineage} from './lineage/lineage'
import {metadata} from './metadata/metadata'
import {ownership} from './ownership/ownership'
import {royalties} from './royalties/royalties'

/** Every area that is folded. Each sees the rows as they stand before an event, so their order means nothing. */
export const PROJECTIONS: readonly Projection[] = [contracts, generation, licensing, lineage, metadata, ownership, royalties]
