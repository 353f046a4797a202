import pg, {type Connection, type PoolClient, type Submittable} from 'pg'
import {MOST_NAMES} from '../statementNames'
import {type ParseValue, parserOf} from './rowTypes'

/** `name`: prepared under it, once for a connection. */
export type Statement = Readonly<{text: string; values: readonly unknown[]; name: string | undefined}>

/** Values of a row, in the order of its columns. */
export type Tuple = unknown[]
export type Answered = Readonly<{names: readonly string[]; tuples: Tuple[]}>

/** How node-postgres writes values; its own cursors take it from there too. */
const {prepareValue} = (pg as unknown as Readonly<{utils: Readonly<{prepareValue: (value: unknown) => unknown}>}>).utils

type Described = Readonly<{names: readonly string[]; parsers: readonly (ParseValue | null)[]}>
const NOTHING: Described = {names: [], parsers: []}

/** What prepared statements of a connection answer with: PostgreSQL refuses to run one whose columns have changed. */
const known = new WeakMap<Wire, Map<string, Described>>()

/**
 * A statement as node-postgres sends those of its own (https://node-postgres.com/apis/client, "Submittable"), for answers of many rows: what a
 * prepared statement answers with is asked once, rows stay arrays, and nothing of them is held by a promise of the driver, which would keep
 * them in V8's young generation for longer than their answer lives.
 */
export const runStatement = (client: PoolClient, statement: Statement): Promise<Answered> =>
  new Promise((resolve, reject) => void client.query(new Submitted(statement, resolve, reject)))

type Failure = Error | null

class Submitted implements Submittable {
  readonly text: string
  readonly name: string | undefined
  readonly #values: readonly unknown[]
  readonly #resolve: (answered: Answered) => void
  readonly #reject: (error: Error) => void
  readonly #tuples: Tuple[] = []
  #described: Described = NOTHING
  #failure: Failure = null

  constructor({text, values, name}: Statement, resolve: (answered: Answered) => void, reject: (error: Error) => void) {
    this.text = text
    this.name = name
    this.#values = values
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(given: Connection): Error | null {
    const connection = given as unknown as Wire
    const {name, text} = this
    const parsed = name === undefined ? undefined : connection.parsedStatements[name]
    if (parsed !== undefined && parsed !== text) return new Error(`another statement is prepared as ${name}`)
    const described = parsed === undefined ? undefined : known.get(connection)?.get(name as string)
    // All of it in one write.
    connection.stream.cork()
    try {
      if (parsed === undefined) {
        if (name !== undefined) makeRoom(connection)
        connection.parse({text, name})
      }
      connection.bind({statement: name, values: this.#values, valueMapper: prepareValue})
      if (described) this.#described = described
      else connection.describe({type: 'P', name: ''})
      connection.execute(null)
      connection.sync()
    } catch (error) {
      // A value that has no text. What was begun is ended, and its answer is the error.
      this.#failure = error as Error
      connection.sync()
    } finally {
      connection.stream.uncork()
    }
    return null
  }

  handleRowDescription({fields}: Readonly<{fields: readonly Readonly<{name: string; dataTypeID: number}>[]}>): void {
    this.#described = {names: fields.map(({name}) => name), parsers: fields.map(({dataTypeID}) => parserOf(dataTypeID))}
  }
  handleDataRow({fields}: Readonly<{fields: Tuple}>): void {
    const {parsers} = this.#described
    try {
      for (let i = 0; i < parsers.length; i++) {
        const parse = parsers[i]
        if (parse && fields[i] !== null) fields[i] = parse(fields[i] as string)
      }
      this.#tuples.push(fields)
    } catch (error) {
      this.#failure ??= error as Error
    }
  }
  handleCommandComplete(_: unknown, connection: Wire): void {
    if (this.name === undefined) return
    const ofConnection = known.get(connection) ?? new Map<string, Described>()
    known.set(connection, ofConnection.set(this.name, this.#described))
  }
  handleEmptyQuery(): void {}
  handleError(error: Error): void {
    this.#reject(this.#failure ?? error)
  }
  handleReadyForQuery(): void {
    if (this.#failure) this.#reject(this.#failure)
    else this.#resolve({names: this.#described.names, tuples: this.#tuples})
  }
}

/** Of what a connection has prepared, the oldest goes: what is still asked for comes again. */
function makeRoom(connection: Wire): void {
  const prepared = Object.keys(connection.parsedStatements)
  if (prepared.length < MOST_NAMES) return
  const oldest = prepared[0] as string
  known.get(connection)?.delete(oldest)
  delete connection.parsedStatements[oldest]
  connection.close({type: 'S', name: oldest})
}

/** What node-postgres lets a statement do with its connection. */
type Wire = Readonly<{
  stream: Readonly<{cork: () => void; uncork: () => void}>
  parsedStatements: Record<string, string>
  close: (what: Readonly<{type: 'S'; name: string}>) => void
  parse: (statement: Readonly<{text: string; name: string | undefined}>) => void
  bind: (statement: Readonly<{statement: string | undefined; values: readonly unknown[]; valueMapper: (value: unknown) => unknown}>) => void
  describe: (what: Readonly<{type: 'P'; name: string}>) => void
  execute: (how: null) => void
  sync: () => void
}>

/** Rows by the names of their columns; of rows that were cut short, by those of the first. */
export const toObjects = <R>({names, tuples}: Answered): R[] =>
  tuples.map((tuple) => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < tuple.length; i++) row[names[i] as string] = tuple[i]
    return row as R
  })
