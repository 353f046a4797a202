import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {Manifest} from '@subsquid/manifest'
import {expect, test} from 'vitest'
import {parse} from 'yaml'

const ROOT = resolve(__dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const {scripts} = JSON.parse(read('package.json')) as {scripts: Readonly<Record<string, string>>}

type Command = Readonly<{cmd: readonly string[]; description: string; deps?: readonly string[]}>
const {commands} = JSON.parse(read('commands.json')) as {commands: Readonly<Record<string, Command>>}

type Service = Readonly<{command?: readonly string[]; image: string; depends_on?: object; volumes?: readonly string[]; env_file?: object}>
const compose = parse(read('docker-compose.yml'), {merge: true}) as {services: Readonly<Record<string, Service>>}

const {error, value: manifest} = Manifest.parse(read('squid.yaml'))

/** Problems of a command line that the project itself is to answer: a script of package.json, a file of scripts, or a source of lib. */
function problemOf([program, ...args]: readonly string[]): string | null {
  const words = args.filter((arg) => !arg.startsWith('--'))
  if (program === 'npm') {
    const name = words[0] === 'run' ? words[1] : words[0]
    return name && scripts[name] ? null : `package.json has no script ${name}`
  }
  if (program !== 'node') return `${program} may not be there`
  if (args[0] === '-e') return null
  const [file = '', command] = words
  const source = file.replace(/^lib\/(.*)[.]js$/, 'src/$1.ts')
  if (!existsSync(join(ROOT, source))) return `${source} does not exist`
  if (source !== 'src/cli/main.ts' || !command) return null
  return existsSync(join(ROOT, `src/cli/commands/${command}.ts`)) ? null : `the indexer has no command ${command}`
}

test('commands.json: every command leads to something that exists', () => {
  const problems = Object.entries(commands).flatMap(([name, {cmd, deps = []}]) => [
    ...deps.filter((dep) => !commands[dep]).map((dep) => `${name} depends on ${dep}, which is not there`),
    ...[problemOf(cmd)].filter((problem) => problem !== null).map((problem) => `${name}: ${problem}`),
  ])
  expect(problems).toEqual([])
})

test('package.json: every script leads to something that exists', () => {
  const parts = Object.entries(scripts).flatMap(([name, script]) =>
    script.split(' && ').map((part) => [name, part.replace(/^exec /, '')] as const),
  )
  const problems = parts.flatMap(([name, part]) => {
    const words = part.replace(' -s ', ' ').split(' ')
    const [program = ''] = words
    const problem =
      program === 'node' || program === 'npm'
        ? problemOf(words)
        : existsSync(join(ROOT, 'node_modules/.bin', program))
          ? null
          : `${program} is not installed`
    return problem ? [`${name}: ${problem}`] : []
  })
  expect(problems).toEqual([])
})

test('squid.yaml is valid for SQD Cloud: PostgreSQL 16 or later, and the commands that are meant', () => {
  expect(error?.message).toBeUndefined()
  const {deploy} = manifest?.values() ?? {}
  expect(Number(deploy?.addons?.postgres?.version)).toBeGreaterThanOrEqual(16)
  const processors = [deploy?.processor ?? []].flat()
  expect(processors.length).toBeGreaterThan(0)
  const lines = [deploy?.init?.cmd, deploy?.api?.cmd, ...processors.map(({cmd}) => cmd)]
  expect(lines.map((line) => problemOf(line ?? []))).toEqual(lines.map(() => null))
  // What the manifest becomes is what was written: its defaults are merged word by word.
  expect(parse(read('squid.yaml')).deploy.init.cmd).toEqual(deploy?.init?.cmd)
})

async function lint(path: string): Promise<readonly string[]> {
  const {DCLinter} = await import('dclint')
  const linter = new DCLinter({
    quiet: true,
    debug: false,
    exclude: [],
    // Order within the file is ours: what belongs together stands together.
    rules: {
      'service-keys-order': 0,
      'services-alphabetical-order': 0,
      'top-level-properties-order': 0,
      'require-quotes-in-ports': 0,
      'no-build-and-image': 0,
    },
  })
  // Its own types cannot be resolved from CommonJS.
  const results: readonly {messages: readonly {line: number; message: string}[]}[] = linter.lintFiles([path], false)
  return results.flatMap(({messages}) => messages.map(({line, message}) => `${line}: ${message}`))
}

test('docker-compose.yml is valid by the schema of Compose', async () => {
  expect(await lint(join(ROOT, 'docker-compose.yml'))).toEqual([])
})

test('a broken compose file would be noticed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-compose-'))
  try {
    const path = join(dir, 'docker-compose.yml')
    writeFileSync(path, read('docker-compose.yml').replace('condition: service_healthy', 'condition: healthy'))
    expect((await lint(path)).join()).toMatch(/condition|depends_on|allowed/)
  } finally {
    rmSync(dir, {recursive: true, force: true})
  }
})

test('docker-compose.yml runs PostgreSQL 16 or later, and commands that exist', () => {
  const {db, ...own} = compose.services
  expect(Number(/^postgres:(\d+)/.exec(db?.image ?? '')?.[1])).toBeGreaterThanOrEqual(16)
  expect(Object.keys(own)).toEqual(expect.arrayContaining(['migrate', 'processor', 'api']))
  const lines = Object.values(own).map(({command = []}) => command)
  expect(lines.map(problemOf)).toEqual(lines.map(() => null))
})

test('the Dockerfile copies only what .dockerignore lets in, and what is there', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  const copied = read('Dockerfile')
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1))
  expect(copied.filter((path) => !allowed.includes(path.replace('[l]', 'l')))).toEqual([])
  expect(copied.filter((path) => !path.includes('[') && !existsSync(join(ROOT, path)))).toEqual([])
})

test('.env.example names what the compose file, the configuration or the code reads', () => {
  const names = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name)
  const readers = ['docker-compose.yml', 'indexer.example.yaml', 'docs/operations.md'].map(read).join('\n')
  expect(names.filter((name) => !new RegExp(`[{\`]${name}\\b`).test(readers))).toEqual([])
})
