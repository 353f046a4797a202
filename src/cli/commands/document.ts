import {Command} from 'commander'
import {loadConfig} from '../../config/loadConfig'
import {normaliseDocument} from '../../metadata/document/normaliseDocument'
import {parseDocument} from '../../metadata/document/parseDocument'
import {createDocumentFetcher} from '../../metadata/fetch/createDocumentFetcher'
import {STANDARDS} from '../../standards/registry'

export const documentCommand = (): Command =>
  new Command('document')
    .description('Fetch the document behind a token URI as the metadata process does, and say what comes of it. Stores nothing.')
    .argument('<uri>', 'https:, http:, ipfs:, ipns:, ar: or data:, a gateway URL, or JSON itself')
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .addHelpText(
      'after',
      '\nExamples:\n  indexer document ipfs://QmSr3vdMuP2fSxWD7S26KzzBWcAN1eNhm4hk1qaR3x3vmj/1.json\n\nExit codes: 0 a document came, 1 none did.',
    )
    .action(async (uri: string, {config: path}: {config?: string}) => {
      const {metadata} = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
      const fetcher = createDocumentFetcher(metadata)
      try {
        const outcome = await fetcher.fetch(uri)
        const parsed = outcome.ok ? parseDocument(outcome.bytes, outcome.declaredMediaType) : null
        const view = parsed?.ok ? {notes: parsed.notes, ...normaliseDocument(parsed.json)} : parsed
        console.log(JSON.stringify(outcome.ok ? {...outcome, bytes: outcome.bytes.length, document: view} : outcome, null, 2))
        if (!outcome.ok) process.exitCode = 1
      } finally {
        await fetcher.close()
      }
    })
