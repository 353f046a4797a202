// Types, lint and format, import law, generated files: side by side, for each keeps one core busy. What each of them said is told when it has ended.
import {spawn} from 'node:child_process'
import {availableParallelism} from 'node:os'

/** The longest first. */
const waiting = ['typecheck', 'codegen:check', 'lint', 'deps']
const failed = []

/** Answers what it printed, in order. */
const run = (script) =>
  new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', script], {stdio: ['ignore', 'pipe', 'pipe']})
    const chunks = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
    child.once('close', (code) => {
      if (code !== 0) failed.push(script)
      resolve(Buffer.concat(chunks).toString())
    })
  })

async function work() {
  for (let script = waiting.shift(); script; script = waiting.shift()) {
    const since = Date.now()
    const output = await run(script)
    console.log(`== ${script} (${Math.round((Date.now() - since) / 1000)} s)\n${output}`)
  }
}

await Promise.all(Array.from({length: availableParallelism()}, work))
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
