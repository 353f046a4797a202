import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type Command, createSandbox, ROOT, type Sandbox, waitUntilNothingRuns} from '../support/cli'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(() => sandbox.remove())

/** Answers /ready, and stops as every process of the project does: on SIGTERM or when its IPC channel closes. */
const HEALTHY = `
  require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT, '127.0.0.1')
  process.on('SIGTERM', () => { console.log('stopping'); process.exit(0) })
  process.on('disconnect', () => process.exit(0))
  console.log('up ' + process.pid)`

/** A supervisor of children given by their source; it prints what it is told and ends with what it gives up for. */
function supervisor(children: Readonly<Record<string, string>>, maxCrashes = 5): Command {
  const specs = Object.entries(children).map(([name, source]) => {
    const script = join(sandbox.dir, `${name}.js`)
    writeFileSync(script, source)
    return {name, script, args: [], env: process.env, health: {host: '127.0.0.1', port: {variable: 'PORT'}}, mayFinish: name === 'worker'}
  })
  return sandbox.script(`
    const {supervise} = require(${JSON.stringify(join(ROOT, 'lib/supervisor/supervise.js'))})
    const supervisor = supervise({
      children: ${JSON.stringify(specs)},
      maxCrashes: ${maxCrashes},
      onLine: (child, line) => console.log(child + ' | ' + line),
      onEvent: (level, message) => console.log(level + ': ' + message),
    })
    const end = (code) => supervisor.stop().then(() => process.exit(code))
    supervisor.givenUp.then(({message, code}) => { console.log('given up: ' + message); end(code) })
    process.on('SIGTERM', () => end(0))
    setInterval(() => supervisor.notReady().then((reasons) => console.log('waiting for [' + [...reasons.keys()] + ']')), 100)`)
}

const pidOf = async (command: Command, child: string): Promise<number> =>
  Number((await command.printed(new RegExp(`${child} \\| up (\\d+)`)))[1])

describe('the supervisor', () => {
  test('says who is not ready, and nobody when all are', async () => {
    const late = `setTimeout(() => {${HEALTHY}}, 700)`
    const command = supervisor({api: HEALTHY, late})
    await command.printed(/waiting for \[late\]/)
    await command.printed(/waiting for \[\]/)
  })

  test('starts a killed child again and leaves the others alone', async () => {
    const command = supervisor({api: HEALTHY, worker: HEALTHY})
    const [killed] = [await pidOf(command, 'api'), await pidOf(command, 'worker')]
    process.kill(killed, 'SIGKILL')
    await command.printed(/warn: api was killed by SIGKILL; starting it again in/)
    await command.printed(new RegExp(`api \\| up (?!${killed}\\b)\\d+`))
    expect(command.output().match(/worker \| up/g)).toHaveLength(1)
  })

  test('gives up after the allowed number of quick crashes, with the others stopped', async () => {
    const command = supervisor({api: HEALTHY, broken: `console.log('trying'); process.exit(3)`}, 3)
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain('given up: broken ended with exit code 3, 3 times in a row')
    expect(command.output().match(/broken \| trying/g)).toHaveLength(3)
    expect(command.output()).toContain('api | stopping')
    expect(await waitUntilNothingRuns(command, 3000)).toEqual([])
  })

  test('takes exit code 2 for a configuration problem: no second try, the same code', async () => {
    const command = supervisor({api: `console.log('trying'); process.exit(2)`})
    expect(await command.exited).toBe(2)
    expect(command.output().match(/api \| trying/g)).toHaveLength(1)
  })

  test('lets a processor that is done go, and goes on', async () => {
    const command = supervisor({api: HEALTHY, worker: 'process.exit(0)'}, 1)
    await command.printed(/info: worker has done its work/)
    await command.printed(/waiting for \[\]/)
    expect(await pidOf(command, 'api')).toBeGreaterThan(0)
  })

  test('starts a processor again that somebody else told to stop: its work is not done', async () => {
    const worker = `
      require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT, '127.0.0.1')
      require(${JSON.stringify(join(ROOT, 'lib/process/shutdown.js'))}).onShutdown(console, () => {})
      console.log('up ' + process.pid)`
    const command = supervisor({worker})
    const stopped = await pidOf(command, 'worker')
    process.kill(stopped, 'SIGTERM')
    await command.printed(/warn: worker ended with exit code 143; starting it again in/)
    await command.printed(new RegExp(`worker \\| up (?!${stopped}\\b)\\d+`))
  })

  test('an api that ends with 0 unasked is a crash', async () => {
    const command = supervisor({api: 'process.exit(0)'}, 1)
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain('given up: api ended with exit code 0')
  })

  test('stops children on request, and kills one that does not listen', async () => {
    const deaf = `process.on('SIGTERM', () => {}); console.log('up ' + process.pid); setInterval(() => {}, 1000)`
    const command = supervisor({api: HEALTHY, deaf})
    await Promise.all([pidOf(command, 'api'), pidOf(command, 'deaf')])
    command.signal('SIGTERM')
    expect(await command.exited).toBe(0)
    expect(await waitUntilNothingRuns(command, 3000)).toEqual([])
  })

  test('leaves nothing behind when it is killed itself, not even a child that hears nothing', async () => {
    const stuck = `process.on('SIGTERM', () => {}); console.log('up ' + process.pid); setTimeout(() => { for (;;); }, 200)`
    const command = supervisor({api: HEALTHY, stuck})
    await Promise.all([pidOf(command, 'api'), pidOf(command, 'stuck')])
    await new Promise((resolve) => setTimeout(resolve, 500))
    command.signal('SIGKILL')
    expect(await waitUntilNothingRuns(command, 20_000)).toEqual([])
  })

  test('ends those that write before that which they write to', async () => {
    const log = join(sandbox.dir, 'order.log')
    const child = (name: string, signal: string, delayMs: number) =>
      `process.on('${signal}', () => setTimeout(() => { require('node:fs').appendFileSync(${JSON.stringify(log)}, '${name} '); process.exit(0) }, ${delayMs}))
       setInterval(() => {}, 1000); console.log('up')`
    const command = sandbox.script(`
      const {spawn} = require('node:child_process')
      const {watchProcess} = require(${JSON.stringify(join(ROOT, 'lib/supervisor/watchProcess.js'))})
      const start = (source, stage, signal) => new Promise((resolve) => {
        const child = spawn(process.execPath, ['-e', source], {detached: true, stdio: ['ignore', 'pipe', 'inherit']})
        watchProcess({pid: child.pid, stage, signal, graceMs: 5000, escalation: 'SIGKILL'})
        child.stdout.once('data', resolve)
      })
      Promise.all([
        start(${JSON.stringify(child('database', 'SIGINT', 0))}, 2, 'SIGINT'),
        start(${JSON.stringify(child('writer', 'SIGTERM', 400))}, 0, 'SIGTERM'),
      ]).then(() => console.log('both up'))
      setInterval(() => {}, 1000)`)
    await command.printed(/both up/)
    command.signal('SIGKILL')
    expect(await waitUntilNothingRuns(command, 10_000)).toEqual([])
    expect(existsSync(log) && readFileSync(log, 'utf8')).toBe('writer database ')
  })
})
