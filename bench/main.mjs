// `npm run bench -- [ingestion|forks|gateway] …`: ingestion when nothing is named.
const NAMES = ['ingestion', 'forks', 'gateway']
const [name] = process.argv.slice(2)
const isNamed = NAMES.includes(name)
if (isNamed) process.argv.splice(2, 1)
await import(`./${isNamed ? name : 'ingestion'}.mjs`)
