import 'reflect-metadata'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {EXPORTS} from '../../src/api/export/lists'
import {TABLES} from '../../src/domain/rows'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let indexes: ReadonlySet<string>
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('indexes')
  const pool = new Pool({connectionString: url})
  const {rows} = await pool.query<{tablename: string; indexdef: string}>(
    `SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'`,
  )
  indexes = new Set(rows.flatMap(({tablename, indexdef}) => keysOf(indexdef).map((key) => `${tablename} ${key}`)))
  await pool.end()
})
afterAll(() => postgres.stop())

/** `a`, `a,b`, … of an index over a and b: what it serves. */
function keysOf(indexdef: string): readonly string[] {
  const columns = (/USING btree \((.*?)\)(?: WHERE|$)/.exec(indexdef)?.[1] ?? '').replaceAll('"', '').split(', ')
  return columns.map((_, i) => columns.slice(0, i + 1).join(','))
}

const SPECS = [...EXPORTS.values()]
const columnOf = (sql: string): string => /^\w\."(\w+)"$/.exec(sql)?.[1] ?? sql

test('every order that is offered has an index behind it', () => {
  const offered = SPECS.flatMap(({name, table, fields}) =>
    Object.entries(fields).flatMap(([field, {sql, orderable, orderedWithin: of}]) =>
      orderable ? [{name: `${name}.${field}`, key: `${TABLES[table].table} ${of ? `${of},` : ''}${columnOf(sql)},id`}] : [],
    ),
  )
  expect(offered.length).toBeGreaterThan(10)
  expect(offered.filter(({key}) => !indexes.has(key)).map(({name}) => name)).toEqual([])
})

/** Tables of what a filter holds for any of. */
const PARTS: Readonly<Record<string, string>> = {i: 'sale_item', p: 'sale_payment'}
/** Lists that only belong to an asset or an account, which has the index; an export by collection reads the table. */
const NARROWING: ReadonlySet<string> = new Set(['Balance.collection'])
const NAMING: ReadonlySet<string> = new Set(['asset', 'collection', 'license'])

test('every filter by an asset, a collection or a licence has an index behind it', () => {
  const naming = SPECS.flatMap(({name, table, fields}) =>
    Object.entries(fields).flatMap(([field, {kind, sql}]) =>
      NAMING.has(kind) && !NARROWING.has(`${name}.${field}`)
        ? [{name: `${name}.${field}`, key: `${PARTS[sql[0] as string] ?? TABLES[table].table} ${columnOf(sql)}`}]
        : [],
    ),
  )
  expect(naming.length).toBeGreaterThan(15)
  expect(naming.filter(({key}) => !indexes.has(key)).map(({name}) => name)).toEqual([])
})
