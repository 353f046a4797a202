// `npm run bench -- [ingestion|feed|forks|gateway] …`: ingestion when nothing is named.
const NAMES = ['ingestion', 'feed', 'forks', 'gateway']
const [name] = process.argv.slice(2)
const isNamed = NAMES.includes(name)
if (isNamed) process.argv.splice(2, 1)
await import(`./${isNamed ? name : 'ingestion'}.mjs`)
