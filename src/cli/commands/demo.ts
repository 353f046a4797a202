import {Command} from 'commander'
import {demoKit} from '../../demo/kit'
import {DEMO_DIR} from '../dataDir'
import {runDemo} from '../demo/runDemo'
import {exitCodeOf} from '../exitCodes'

type DemoOptions = Readonly<{dir?: string; port?: string; live: boolean}>

export const demoCommand = (): Command =>
  new Command('demo')
    .description('Everything on this machine: a local chain with reference contracts and a history, a database, the processor and the API.')
    .option('-d, --dir <path>', `its own folder (default: INDEXER_DEMO_DIR, else ${DEMO_DIR})`)
    .option('-p, --port <port>', 'where the API listens (default: GQL_PORT, else 4350; 0: a free one)')
    .option('--no-live', 'no new events after the history')
    .addHelpText(
      'after',
      `
Examples:
  indexer demo
  indexer demo --port 5000 --no-live
  LOG_LEVEL=info indexer demo      with what the processes say

Needs no account, key, node or configuration, and never touches the data of start.
Ctrl-C ends everything (exit code 0). The next start goes on, or begins afresh and says so.
A process that crashes ends everything with exit code 1.`,
    )
    .action(async ({dir, port, live}: DemoOptions) => {
      try {
        await runDemo(demoKit, {dir: dir ?? (process.env['INDEXER_DEMO_DIR'] || DEMO_DIR), port, live, env: process.env})
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error))
        process.exit(exitCodeOf(error))
      }
    })
