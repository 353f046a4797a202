import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {checkConfigCommand} from '../../src/cli/commands/checkConfig'
import {exitCodeOf, USAGE_PROBLEM} from '../../src/cli/exitCodes'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'indexer-check-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dir, {recursive: true, force: true})
})

/** What the command prints, or the message and exit code that it ends with. */
async function check(api: string): Promise<Readonly<{code: number; output: string}>> {
  const path = join(dir, 'indexer.yaml')
  writeFileSync(path, `chains: [{id: 1, rpc: ["http://127.0.0.1:1"], contracts: "*"}]\napi: ${api}\n`)
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const printed = () => print.mock.calls.join('\n')
  try {
    await checkConfigCommand().parseAsync(['--config', path, '--offline'], {from: 'user'})
    return {code: 0, output: printed()}
  } catch (error) {
    return {code: exitCodeOf(error), output: `${printed()}${(error as Error).message}`}
  }
}

test('what the API refuses at its start is not usable: operations that are not there, or are not what their hashes say', async () => {
  const file = join(dir, 'operations.json')
  const expectRefused = async () => {
    const {code, output} = await check(`{persistedOperations: ${JSON.stringify(file)}}`)
    expect({code, output}).toMatchObject({code: USAGE_PROBLEM, output: expect.stringContaining(`${file} cannot be used:`)})
    expect(output).not.toContain('is usable')
  }
  await expectRefused()
  writeFileSync(file, JSON.stringify({abc: '{ chains { id } }'}))
  await expectRefused()
  writeFileSync(file, '{}')
  expect(await check(`{persistedOperations: ${JSON.stringify(file)}}`)).toMatchObject({
    code: 0,
    output: expect.stringContaining('is usable'),
  })
})
