#!/usr/bin/env node
import {Command} from 'commander'
import {apiKeyCommand} from './commands/apiKey'
import {checkConfigCommand} from './commands/checkConfig'
import {demoCommand} from './commands/demo'
import {documentCommand} from './commands/document'
import {initCommand} from './commands/init'
import {migrateCommand} from './commands/migrate'
import {reindexCommand} from './commands/reindex'
import {startCommand} from './commands/start'
import {verifyRangeCommand} from './commands/verifyRange'
import {exitCodeOf, USAGE_PROBLEM} from './exitCodes'
import {VERSION} from './version'

const program = new Command('indexer')
  .description('Indexes who made, owns, licenses and gets paid for AI-generated assets on EVM chains, and answers over GraphQL.')
  .version(VERSION, '-v, --version', 'print the version')
  .helpOption('-h, --help', 'explain a command')
  .helpCommand('help [command]', 'explain a command')
  .showHelpAfterError('(indexer --help explains the commands)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE_PROBLEM))
  .addHelpText(
    'after',
    `
Examples:
  indexer demo                     everything on this machine, with a local chain: no configuration needed
  indexer init                     write an annotated indexer.yaml
  indexer check-config             say what is wrong with it, or what it means
  indexer start                    index the configured chains and answer queries

Exit codes: 0 done, or stopped by Ctrl-C; 1 failure; 2 wrong usage or configuration.`,
  )

for (const command of [
  demoCommand(),
  startCommand(),
  initCommand(),
  checkConfigCommand(),
  migrateCommand(),
  apiKeyCommand(),
  reindexCommand(),
  verifyRangeCommand(),
  documentCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program))
  for (const part of command.commands) part.copyInheritedSettings(program)
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(exitCodeOf(error))
})
