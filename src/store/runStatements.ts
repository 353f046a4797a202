import type {ClientBase, Connection, Submittable} from 'pg'

/** `name`: of the prepared statement, one for each text; at most 63 bytes. */
export type Statement = Readonly<{name: string; sql: string; values: readonly string[]}>

type ExtendedConnection = Connection &
  Readonly<{
    stream: Readonly<{cork: () => void; uncork: () => void}>
    parse: (statement: Readonly<{name: string; text: string; types: readonly number[]}>) => void
    bind: (binding: Readonly<{statement: string; values: readonly string[]}>) => void
    execute: (portal: Readonly<{portal: string; rows: number}>) => void
    close: (what: Readonly<{type: 'S'; name: string}>) => void
    sync: () => void
  }>

/** What each connection has prepared; false: asked for in a run that failed, so that it may be there or not. */
const prepared = new WeakMap<Connection, Map<string, boolean>>()

/**
 * Runs the statements in the client's transaction, one after the other and in one round trip, each planned once a connection: for a hot block
 * that writes a few rows into many tables, planning would be most of the work. The server reads on without an answer until Sync, and passes
 * over what is behind a failure (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
 */
export function runStatements(client: ClientBase, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    let known = new Map<string, boolean>()
    let failure: Error | null = null
    const nothing = () => {}
    const query = {
      submit: (connection: ExtendedConnection) => {
        known = prepared.get(connection) ?? known
        prepared.set(connection, known)
        send(connection, statements, known)
      },
      callback: nothing,
      handleError: (error: Error) => {
        failure = error
        for (const {name} of statements) known.set(name, false)
        reject(error)
      },
      handleReadyForQuery: () => (failure ? undefined : resolve()),
      handleCommandComplete: nothing,
      handleEmptyQuery: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
    }
    client.query(query as unknown as Submittable)
  })
}

function send(connection: ExtendedConnection, statements: readonly Statement[], known: Map<string, boolean>): void {
  connection.stream.cork()
  for (const {name, sql, values} of statements) {
    const state = known.get(name)
    // Closing what is not there is no error.
    if (state === false) connection.close({type: 'S', name})
    if (!state) connection.parse({name, text: sql, types: []})
    known.set(name, true)
    connection.bind({statement: name, values})
    connection.execute({portal: '', rows: 0})
  }
  connection.sync()
  connection.stream.uncork()
}
