import type {Change} from './change'
import type {DomainEvent, EventType} from './event'
import type {Rows, TableName} from './rows'

/** A row that a projection wants to see before it applies an event. */
export type RowKey = {[T in TableName]: Readonly<{table: T; id: string}>}[TableName]

/** Rows as they stand just before the event: stored ones with this batch's earlier changes on top. */
export type Snapshot = Readonly<{
  /** @throws BrokenInvariant when the row was not declared by `reads`. */
  get: <T extends TableName>(table: T, id: string) => Rows[T] | undefined
}>

/**
 * Owns its tables: no other projection writes them (INV-5). Pure: no clock, randomness, I/O or memory between calls.
 * Law: folding a then b equals folding a ++ b, whatever the batch boundaries (INV-1).
 */
export type Projection = Readonly<{
  /** Folder name under src/projections. */
  name: string
  owns: readonly TableName[]
  handles: readonly EventType[]
  /** The rows `apply` may read. Called again with what was loaded until it asks for nothing new, so a key may depend on a row (at most 3 rounds). */
  reads: (event: DomainEvent, known: Snapshot) => Iterable<RowKey>
  /** The batch is folded event by event, in chain order. Rows given out are never mutated. */
  apply: (event: DomainEvent, state: Snapshot) => readonly Change[]
}>
