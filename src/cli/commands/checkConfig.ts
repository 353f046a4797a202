import {Command} from 'commander'
import {databaseUrl} from '../../config/databaseUrl'
import {configPath, loadConfig} from '../../config/loadConfig'
import {STANDARDS} from '../../standards/registry'
import {describeConfig} from '../describeConfig'

export const checkConfigCommand = (): Command =>
  new Command('check-config')
    .description('Say what is wrong with the configuration, all at once, or what it means. Starts nothing, asks no node.')
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .addHelpText(
      'after',
      '\nExamples:\n  indexer check-config\n  indexer check-config --config production.yaml\n\nExit codes: 0 usable, 2 not usable.',
    )
    .action(({config: path}: {config?: string}) => {
      const config = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
      console.log(`${configPath({path, env: process.env})} is usable.\n`)
      console.log(describeConfig(config, databaseUrl(process.env)))
    })
