// schema.graphql -> src/domain/rows.ts: plain row types for the pure folders, and the column list that the bulk writer needs.
import {readFileSync, writeFileSync} from 'node:fs'
import {Kind, parse} from 'graphql'

const TYPES = {
  ID: ['string', 'text'],
  String: ['string', 'text'],
  Int: ['number', 'int4'],
  BigInt: ['bigint', 'numeric'],
  Boolean: ['boolean', 'bool'],
  DateTime: ['Date', 'timestamptz'],
}

const snake = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
const doc = (node, indent) => (node.description ? `${indent}/** ${node.description.value.trim()} */\n` : '')

export function generateRows(source) {
  const {definitions} = parse(source)
  const enums = definitions.filter((d) => d.kind === Kind.ENUM_TYPE_DEFINITION)
  const entities = definitions.filter((d) => d.kind === Kind.OBJECT_TYPE_DEFINITION)
  const enumNames = new Set(enums.map((e) => e.name.value))

  const column = (field) => {
    const required = field.type.kind === Kind.NON_NULL_TYPE
    const name = (required ? field.type.type : field.type).name?.value
    const [ts, pg] = enumNames.has(name) ? [name, 'text'] : (TYPES[name] ?? [])
    if (!ts) throw new Error(`schema.graphql: field ${field.name.value} has a type that rows cannot hold`)
    return {name: field.name.value, ts: required ? ts : `${ts} | null`, pg, required, doc: doc(field, '  ')}
  }

  const out = ['// Generated from schema.graphql by `npm run codegen`; never edited.\n']
  for (const e of enums) {
    out.push(`${doc(e, '')}export type ${e.name.value} = ${e.values.map((v) => `'${v.name.value}'`).join(' | ')}\n`)
  }
  for (const e of entities) {
    const fields = e.fields.map(column)
    out.push(
      `${doc(e, '')}export type ${e.name.value}Row = Readonly<{\n${fields.map((f) => `${f.doc}  ${f.name}: ${f.ts}\n`).join('')}}>\n`,
    )
  }
  out.push(
    `/** Every stored table by its entity name. */\nexport type Rows = {\n${entities.map((e) => `  ${e.name.value}: ${e.name.value}Row\n`).join('')}}\n`,
  )
  out.push(`export type TableName = keyof Rows\n`)
  out.push(`export type ColumnType = 'text' | 'int4' | 'numeric' | 'bool' | 'timestamptz'\n`)
  out.push(`export type Column = Readonly<{field: string; column: string; type: ColumnType}>\n`)
  const tables = entities.map((e) => {
    const columns = e.fields.map(column).map((c) => `      {field: '${c.name}', column: '${snake(c.name)}', type: '${c.pg}'},\n`)
    return `  ${e.name.value}: {\n    table: '${snake(e.name.value)}',\n    columns: [\n${columns.join('')}    ],\n  },\n`
  })
  out.push(
    `/** Table and column names as the migrations make them (TypeORM's snake case). */\nexport const TABLES: Readonly<Record<TableName, {readonly table: string; readonly columns: readonly Column[]}>> = {\n${tables.join('')}}\n`,
  )
  return out.join('\n')
}

writeFileSync('src/domain/rows.ts', generateRows(readFileSync('schema.graphql', 'utf8')))
