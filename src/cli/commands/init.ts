import {existsSync, writeFileSync} from 'node:fs'
import {Command} from 'commander'
import {CONFIG_TEMPLATE} from '../configTemplate'
import {USAGE_PROBLEM} from '../exitCodes'

type InitOptions = Readonly<{force?: boolean; config: string}>

export const initCommand = (): Command =>
  new Command('init')
    .description('Write an annotated indexer.yaml to start from.')
    .option('-c, --config <path>', 'the file to write', 'indexer.yaml')
    .option('-f, --force', 'overwrite a file that is there')
    .addHelpText('after', '\nExamples:\n  indexer init\n  indexer init --config production.yaml\n  indexer init --force')
    .action(({force, config: path}: InitOptions) => {
      if (existsSync(path) && !force) {
        console.error(`${path} exists already and is left as it is; --force overwrites it.`)
        process.exit(USAGE_PROBLEM)
      }
      writeFileSync(path, CONFIG_TEMPLATE)
      console.log(
        `Wrote ${path}. Next: set RPC_ETHEREUM to your node's URL (or put it into the file), then: indexer check-config, indexer start`,
      )
    })
