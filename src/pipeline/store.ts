import type {Address} from '../domain/hex'
import type {RowKey} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'

/** Stored rows by id, per table. A key that was asked for and is not here has no row. */
export type LoadedRows = {readonly [T in TableName]?: ReadonlyMap<string, Rows[T]>}

/** What a batch of events does to one table. A table holds either facts (only inserts) or state (only puts). */
export type TableChanges<T extends TableName> = Readonly<{
  /** New facts in chain order. */
  inserts: readonly Rows[T][]
  /** State rows by id, each the last value that the batch gave it: to be inserted, or to replace the whole stored row. */
  puts: ReadonlyMap<string, Rows[T]>
}>

/** A table that nothing changed may be missing. */
export type Changes = {readonly [T in TableName]?: TableChanges<T>}

/**
 * Every contract that the chain's factories made, as FactoryContract has it, without a question to the database: each log of each stranger asks.
 * What a block that is no longer there created is forgotten before other blocks are handed over.
 */
export type CreatedContracts = Readonly<{
  /** The block of the first creation; undefined: not one of them. */
  since: (contract: Address) => number | undefined
  /** A creation, in chain order: the first one counts. */
  add: (contract: Address, block: number) => void
}>

/** The processor's way to the database, inside one block transaction. */
export type Store = Readonly<{
  /** One round trip per table. Keys may repeat; rows that do not exist are left out. */
  load: (keys: readonly RowKey[]) => Promise<LoadedRows>
  flush: (changes: Changes) => Promise<void>
  /** Says that `load` will soon be asked for these, so that they are on their way while other work is done. Changes no answer. */
  prefetch?: (keys: readonly RowKey[]) => Promise<void>
}>
