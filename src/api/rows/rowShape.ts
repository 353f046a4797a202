import {TABLES, type TableName} from '../../domain/rows'
import type {Stored} from '../stored'
import type {Tuple} from './runStatement'

/** Who is told what is read of a row. */
export type RowReader = Readonly<{
  note: (this: object, field: string) => void
  /** @throws always: the field was not selected */
  miss: (this: object, field: string) => never
}>

/** Rows of a table of which some columns were selected: they stay the arrays that they came as, and have a getter for each field. */
export type RowShape<T extends TableName> = Readonly<{
  table: T
  fields: readonly string[]
  /** `values`: of `fields`, from the first on. */
  of: (values: Tuple, reader: RowReader) => Stored<T>
}>

class Row {
  constructor(
    readonly values: Tuple,
    readonly reader: RowReader,
  ) {}
}

/** `fromJson`: the values were JSON, in which times are text. `isNoting`: the reader is told of every field. */
export function createRowShape<T extends TableName>(
  table: T,
  fields: readonly string[],
  {fromJson, isNoting}: Readonly<{fromJson: boolean; isNoting: boolean}>,
): RowShape<T> {
  class ShapedRow extends Row {}
  for (const {field, type} of TABLES[table].columns) {
    const place = fields.indexOf(field)
    const isTime = fromJson && type === 'timestamptz'
    const read = (row: Row): unknown => {
      const value = row.values[place]
      return isTime && value !== null ? new Date(value as string) : value
    }
    Object.defineProperty(ShapedRow.prototype, field, {get: getterOf(field, place, isTime || isNoting ? read : null, isNoting)})
  }
  return {table, fields, of: (values, reader) => new ShapedRow(values, reader) as unknown as Stored<T>}
}

function getterOf(field: string, place: number, read: ((row: Row) => unknown) | null, isNoting: boolean): (this: Row) => unknown {
  if (place < 0)
    return function () {
      return this.reader.miss(field)
    }
  if (isNoting)
    return function () {
      this.reader.note(field)
      return read?.(this)
    }
  if (read)
    return function () {
      return read(this)
    }
  return function () {
    return this.values[place]
  }
}
