import {Command} from 'commander'
import {readPersistedOperations} from '../../api/persistedOperations'
import {databaseUrl} from '../../config/databaseUrl'
import {configPath, loadConfig} from '../../config/loadConfig'
import {readWebhookTerms} from '../../feed/webhooks/webhookTerms'
import {requireUsableUrls} from '../../feed/webhooks/webhookUrl'
import {STANDARDS} from '../../standards/registry'
import {describeConfig} from '../describeConfig'
import {describeMappings} from '../describeMappings'

export const checkConfigCommand = (): Command =>
  new Command('check-config')
    .description(
      'Say what is wrong with the configuration, all at once, or what it means, with an example of each own event from the chain.',
    )
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .option('--offline', 'ask no node for examples of own events')
    .addHelpText(
      'after',
      '\nExamples:\n  indexer check-config\n  indexer check-config --config production.yaml\n\nExit codes: 0 usable, 2 not usable.',
    )
    .action(async ({config: path, offline}: {config?: string; offline?: boolean}) => {
      const config = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
      requireUsableUrls(config.webhooks, readWebhookTerms(process.env).allowPrivate, configPath({path, env: process.env}))
      if (config.api.persistedOperations !== null) readPersistedOperations(config.api.persistedOperations)
      const database = databaseUrl(process.env)
      console.log(`${configPath({path, env: process.env})} is usable.\n`)
      console.log(describeConfig(config, database))
      const mappings = offline ? '' : await describeMappings(config)
      if (mappings) console.log(`\n${mappings}`)
    })
