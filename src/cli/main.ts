#!/usr/bin/env node
import {Command} from 'commander'
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

/** What a command needs is loaded when it is given: all of it together takes a second. Help tells of all. */
const COMMANDS: Readonly<Record<string, () => Promise<() => Command>>> = {
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  start: async () => (await import('./commands/start.js')).startCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  'check-config': async () => (await import('./commands/checkConfig.js')).checkConfigCommand,
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand,
  'api-key': async () => (await import('./commands/apiKey.js')).apiKeyCommand,
  reindex: async () => (await import('./commands/reindex.js')).reindexCommand,
  'verify-range': async () => (await import('./commands/verifyRange.js')).verifyRangeCommand,
  document: async () => (await import('./commands/document.js')).documentCommand,
}

async function main(): Promise<void> {
  const given = process.argv[2] ?? ''
  const wanted = Object.hasOwn(COMMANDS, given) ? [given] : Object.keys(COMMANDS)
  for (const name of wanted) {
    const create = await COMMANDS[name]?.()
    if (!create) continue
    const command = create().copyInheritedSettings(program)
    program.addCommand(command)
    for (const part of command.commands) part.copyInheritedSettings(program)
  }
  await program.parseAsync()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(exitCodeOf(error))
})
