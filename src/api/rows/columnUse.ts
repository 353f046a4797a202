import {TABLES, type TableName} from '../../domain/rows'
import type {Stored} from '../stored'
import {createRowShape, type RowReader, type RowShape} from './rowShape'
import type {Tuple} from './runStatement'

/** Answers that show which columns an operation reads, before others are no longer selected. */
const ENOUGH = 2

/** Uses of one operation; more are made of all columns. */
const MOST_USES = 100

/** How one answer reads a table: which fields its statement is to select, in which order, and what becomes of their values. */
export type Reading<T extends TableName> = Readonly<{fields: readonly string[]; row: (this: object, values: Tuple) => Stored<T>}>

/** What a statement reads its rows for; rows come as JSON where those of several tables are told together. */
export type Use<T extends TableName> = Readonly<{name: string; table: T; fromJson?: boolean}>

/** Told of an answer that something was read which had not been selected. */
export type Incomplete = Readonly<{noteIncomplete: (this: object) => void}>

export const allFields = (table: TableName): readonly string[] => TABLES[table].columns.map(({field}) => field)

/**
 * Which columns an operation reads of each table, learnt from its first answers: half of the time of a large page would go into columns that
 * nobody asked for. An answer that reads another one is made again with all of them.
 */
export class ColumnUses {
  readonly #uses = new Map<string, ColumnUse<TableName>>()

  reading<T extends TableName>(use: Use<T>, answer: Incomplete): Reading<T> {
    let known = this.#uses.get(use.name)
    if (!known) {
      if (this.#uses.size >= MOST_USES) return readAll(use)
      this.#uses.set(use.name, (known = new ColumnUse(use)))
    }
    return known.reading(answer) as unknown as Reading<T>
  }
}

class ColumnUse<T extends TableName> {
  readonly #use: Use<T>
  readonly #read = new Set(['id'])
  #shape: RowShape<T>
  #answers = 0
  #isLearning = true

  constructor(use: Use<T>) {
    this.#use = use
    this.#shape = shapeOf(use, allFields(use.table), true)
  }

  reading(answer: Incomplete): Reading<T> {
    if (this.#isLearning && this.#answers >= ENOUGH) this.#settle()
    return new LearntReading(this.#shape, this, answer)
  }
  noteAnswer(): void {
    this.#answers++
  }
  note(field: string): void {
    this.#read.add(field)
  }
  miss(field: string): void {
    this.#read.add(field)
    this.#settle()
  }

  #settle(): void {
    this.#isLearning = false
    // In the order of the table, so that operations that read the same have the same statement.
    const fields = allFields(this.#use.table).filter((field) => this.#read.has(field))
    this.#shape = shapeOf(this.#use, fields, false)
  }
}

const shapeOf = <T extends TableName>({table, fromJson = false}: Use<T>, fields: readonly string[], isNoting: boolean): RowShape<T> =>
  createRowShape(table, fields, {fromJson, isNoting})

class LearntReading<T extends TableName> implements Reading<T>, RowReader {
  #isEmpty = true
  constructor(
    private readonly shape: RowShape<T>,
    private readonly use: Readonly<{noteAnswer: () => void; note: (field: string) => void; miss: (field: string) => void}>,
    private readonly answer: Incomplete,
  ) {}
  get fields(): readonly string[] {
    return this.shape.fields
  }
  row(values: Tuple): Stored<T> {
    if (this.#isEmpty) {
      this.#isEmpty = false
      this.use.noteAnswer()
    }
    return this.shape.of(values, this)
  }
  note(field: string): void {
    this.use.note(field)
  }
  miss(field: string): never {
    this.use.miss(field)
    this.answer.noteIncomplete()
    throw new Error(`${field} was not selected: the answer has to be made again`)
  }
}

const NOBODY: RowReader = {
  note: () => {},
  miss: (field) => {
    throw new Error(`a table has no field ${field}`)
  },
}
const whole = new Map<string, RowShape<TableName>>()

/** All columns, and nothing learnt. */
export function readAll<T extends TableName>({table, fromJson = false}: Omit<Use<T>, 'name'>): Reading<T> {
  const key = `${table} ${fromJson}`
  let shape = whole.get(key)
  if (!shape) whole.set(key, (shape = createRowShape<TableName>(table, allFields(table), {fromJson, isNoting: false})))
  return new WholeReading(shape) as unknown as Reading<T>
}

class WholeReading<T extends TableName> implements Reading<T> {
  constructor(private readonly shape: RowShape<T>) {}
  get fields(): readonly string[] {
    return this.shape.fields
  }
  row(values: Tuple): Stored<T> {
    return this.shape.of(values, NOBODY)
  }
}
