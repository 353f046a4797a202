// `npm run bench -- [ingestion|feed|forks|gateway|scaling] …`: ingestion when nothing is named.
const NAMES = ['ingestion', 'feed', 'forks', 'gateway', 'scaling']
const [name] = process.argv.slice(2)
const isNamed = NAMES.includes(name)
if (isNamed) process.argv.splice(2, 1)
await import(`./${isNamed ? name : 'ingestion'}.mjs`)
