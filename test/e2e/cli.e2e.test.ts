import {once} from 'node:events'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {type AddressInfo, createServer} from 'node:net'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {createSandbox, ROOT, type Sandbox, waitUntilNothingRuns} from '../support/cli'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(() => sandbox.remove())

const run = async (args: readonly string[], env?: Readonly<Record<string, string>>) => {
  const command = sandbox.indexer(args, env)
  return {code: await command.exited, output: command.output()}
}

describe('the command explains itself', () => {
  test('--help names every command, examples and exit codes', async () => {
    const {code, output} = await run(['--help'])
    expect(code).toBe(0)
    for (const text of ['demo', 'start', 'init', 'check-config', 'migrate', 'api-key', 'Examples:', 'Exit codes:'])
      expect(output).toContain(text)
  })

  test('each command has examples of its own', async () => {
    for (const command of ['demo', 'start', 'init', 'check-config', 'migrate', 'reindex', 'verify-range']) {
      const {code, output} = await run([command, '--help'])
      expect({command, code}).toEqual({command, code: 0})
      expect(output).toContain('Examples:')
    }
  })

  test('--version is that of the package', async () => {
    const {version} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {version: string}
    expect(await run(['--version'])).toEqual({code: 0, output: `${version}\n`})
  })

  test('wrong usage ends with 2 and points to help', async () => {
    for (const args of [['strat'], ['start', '--bogus'], []]) {
      const {code, output} = await run(args)
      expect({args, code}).toEqual({args, code: 2})
      expect(output).toContain('--help')
    }
  })
})

describe('configuration', () => {
  test('start without one ends with 2 and names the ways on', async () => {
    const {code, output} = await run(['start'])
    expect(code).toBe(2)
    for (const text of ['indexer.yaml', 'npm run demo', 'indexer init']) expect(output).toContain(text)
  })

  test('what init writes is usable, and is never overwritten unasked', async () => {
    expect((await run(['init'])).code).toBe(0)
    const checked = await run(['check-config'])
    expect(checked).toMatchObject({code: 0, output: expect.stringContaining('indexer.yaml is usable')})
    writeFileSync(join(sandbox.dir, 'indexer.yaml'), 'chains: []\n')
    expect(await run(['init'])).toMatchObject({code: 2, output: expect.stringContaining('--force')})
    expect(readFileSync(join(sandbox.dir, 'indexer.yaml'), 'utf8')).toBe('chains: []\n')
    expect((await run(['init', '--force'])).code).toBe(0)
    expect((await run(['check-config'])).code).toBe(0)
  })

  test('check-config names every problem with its path', async () => {
    writeFileSync(
      join(sandbox.dir, 'indexer.yaml'),
      'chains:\n  - {id: 0, rpc: ["ftp://x"], contracts: "*"}\n  - {id: 5, rpc: [], contracts: "*", speed: 3}\n',
    )
    const {code, output} = await run(['check-config'])
    expect(code).toBe(2)
    for (const path of ['chains[0].id', 'chains[0].rpc[0]', 'chains[1].speed']) expect(output).toContain(path)
  })

  test('check-config tells what is wrong with own events, word for word and all at once', async () => {
    const mapping = (event: string, fields: string) =>
      `  - {contract: "*", event: "${event}", as: license.granted, fields: {licenseId: id, tokenId: id, ${fields}}}\n`
    const sound = 'LicenseGranted(uint256 indexed id, address licensee, string indexed uri)'
    writeFileSync(
      join(sandbox.dir, 'indexer.yaml'),
      `chains:\n  - {id: 1, rpc: ["http://127.0.0.1:1"], contracts: "*"}\nevents:\n${[
        mapping(sound, 'licensee: licensee, expires: id'),
        mapping(sound, 'licensee: id'),
        mapping(sound, 'expiry: id'),
        mapping(sound, 'licensee: licensee, termsURI: uri'),
        mapping('LicenseGranted(uint256 id', 'licensee: licensee'),
      ].join('')}`,
    )
    const {code, output} = await run(['check-config'])
    expect(code).toBe(2)
    for (const line of [
      'events[0].fields.expires: license.granted has no field "expires"; it has collection, tokenId, licenseId,',
      'events[1].fields.licensee: id is uint256, which cannot fill a field of kind address',
      'events[2].fields.licensee: missing: license.granted cannot be told without it',
      'events[3].fields.termsURI: uri is an indexed string: its value is lost, the log holds only its keccak256',
      'events[4].event: "LicenseGranted(uint256 id" does not parse: invalid event fragment',
    ])
      expect(output).toContain(line)
  })

  test('check-config shows no key of a URL', async () => {
    const {output} = await run(['init']).then(() =>
      run(['check-config'], {RPC_ETHEREUM: 'https://user:KEY1@node.example/v2/KEY2?k=KEY3', DB_URL: 'postgres://me:KEY4@db.example/x'}),
    )
    expect(output).toContain('node.example')
    expect(output).toContain('db.example')
    expect(output).not.toMatch(/KEY\d/)
  })

  test('a taken port is a clear message, exit code 1, and nothing was started', async () => {
    await run(['init'])
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const {port} = squatter.address() as AddressInfo
    const command = sandbox.indexer(['start'], {GQL_PORT: String(port)})
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect([...command.processes().values()]).toEqual([])
    expect(existsSync(join(sandbox.dir, '.data'))).toBe(false)
    squatter.close()
  })

  test('a database that does not answer is named without its password', async () => {
    await run(['init'])
    for (const command of ['start', 'migrate']) {
      const {code, output} = await run([command], {DB_URL: 'postgres://me:SECRET@127.0.0.1:1/x'})
      expect({command, code}).toEqual({command, code: 1})
      expect(output).toContain('The database postgres://127.0.0.1:1 ')
      expect(output).not.toContain('SECRET')
    }
  })

  test('migrate brings its own database, once, and leaves nothing running', async () => {
    const command = sandbox.indexer(['migrate'])
    expect({code: await command.exited, output: command.output()}).toMatchObject({code: 0, output: expect.stringContaining('applied')})
    expect(await waitUntilNothingRuns(command, 3000)).toEqual([])
    expect(await run(['migrate'])).toMatchObject({code: 0, output: expect.stringContaining('up to date')})
  })

  test('a port that is no port ends with 2', async () => {
    await run(['init'])
    expect(await run(['start'], {GQL_PORT: '99999'})).toMatchObject({code: 2, output: expect.stringContaining('GQL_PORT')})
    expect(await run(['start', '--port', 'x'])).toMatchObject({code: 2, output: expect.stringContaining('--port')})
  })

  test('a node to compare with that is no URL ends with 2, and is not shown', async () => {
    await run(['init'])
    const {code, output} = await run(['verify-range', '--rpc', 'not-a-url'])
    expect({code, output}).toMatchObject({code: 2, output: expect.stringContaining('--rpc: expected a URL')})
    expect(output).not.toContain('not-a-url')
  })
})
