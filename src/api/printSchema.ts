import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {lexicographicSortSchema, printSchema} from 'graphql'
import {buildApiSchema} from './buildSchema'

const FILE = join(__dirname, '../../src/api/schema.graphql')

/** `node lib/api/printSchema.js` writes the SDL; with --check: exit 1 when the committed one is another. */
const sdl = `# Generated from the resolvers by npm run codegen; never edited.\n\n${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`
if (!process.argv.includes('--check')) writeFileSync(FILE, sdl)
else if (readFileSync(FILE, 'utf8') !== sdl) {
  process.stderr.write('src/api/schema.graphql is out of date, run npm run codegen\n')
  process.exitCode = 1
}
