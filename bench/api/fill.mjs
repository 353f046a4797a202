// One database of 500,000 events: our own ingestion writes it, and the same facts are copied into the tables of a plain squid,
// with the indexes that its owner would give it.
import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {stringify} from 'yaml'
import {EVENTS} from '../peers.mjs'
import {prepareTool, startChain} from '../processes.mjs'

const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname ?? '.', '../..')

/** Fills the database `name`; the peers' role `plain` sees the tables of the schema `plain` only. Answers with the chain's id. */
export async function fill({tools, preset, database, name, say}) {
  say('our ingestion ...')
  const chain = await startChain(prepareTool(tools, 'replay-rpc'), ['--preset', preset])
  try {
    await database.query('postgres', `CREATE DATABASE ${name}`)
    await require('../../lib/store/migrate.js').migrate(database.url(name))
    index(chain, database.url(name))
    say('the tables of a plain squid ...')
    await database.query(name, PLAIN)
    await database.query(name, 'VACUUM ANALYZE')
    return chain.info.chainId
  } finally {
    chain.stop()
  }
}

function index({info, url}, databaseUrl) {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-api-'))
  writeFileSync(
    join(dir, 'indexer.yaml'),
    stringify({
      chains: [
        {
          id: info.chainId,
          rpc: [url],
          finality: 75,
          endBlock: info.lastEventBlock,
          contracts: info.collections.map((address) => ({address})),
        },
      ],
      cache: {dir: join(dir, 'cache')},
      events: EVENTS(info.collections),
    }),
  )
  execFileSync('node', [join(root, 'lib/main.js'), '--config', join(dir, 'indexer.yaml')], {
    cwd: root,
    env: {...process.env, DB_URL: databaseUrl, LOG_LEVEL: 'warn'},
    stdio: 'inherit',
  })
  rmSync(dir, {recursive: true, force: true})
}

/** A plain squid's schema (types as its codegen makes them), and an index behind every question of the benchmark. */
const PLAIN = `
CREATE SCHEMA plain;
CREATE TABLE plain.asset AS SELECT c.address || '-' || a.token_id AS id, c.address AS collection, a.token_id::numeric AS token_id,
  coalesce(a.owner, '0x0000000000000000000000000000000000000000') AS owner, m.block_number AS minted_block, a.transfer_count,
  l.block_number AS updated_block
  FROM asset a JOIN collection c ON c.id = a.collection_id JOIN transfer m ON m.id = a.mint_id JOIN transfer l ON l.id = a.last_transfer_id;
CREATE TABLE plain.transfer AS SELECT id, substr(asset_id, strpos(asset_id, '-') + 1) AS asset_id, "from", "to", block_number AS block, log_index,
  "timestamp", transaction_hash AS tx_hash FROM transfer;
CREATE TABLE plain.metadata_update AS SELECT id, substr(collection_id, strpos(collection_id, '-') + 1) AS collection, from_token_id,
  coalesce(to_token_id, 115792089237316195423570985008687907853269984665640564039457584007913129639935) AS to_token_id, block_number AS block, log_index, "timestamp", transaction_hash AS tx_hash FROM metadata_change;
CREATE TABLE plain.license AS SELECT e.id, l.license_id, substr(e.asset_id, strpos(e.asset_id, '-') + 1) AS asset_id, e."to" AS licensee,
  e.block_number AS block, e.log_index, e."timestamp", e.transaction_hash AS tx_hash FROM license_event e JOIN license l ON l.id = e.license_ref;
CREATE TABLE plain.royalty_payment AS SELECT id, substr(asset_id, strpos(asset_id, '-') + 1) AS asset_id, recipient, currency, payer, amount,
  block_number AS block, log_index, "timestamp", transaction_hash AS tx_hash FROM royalty_payment;
${['asset', 'transfer', 'metadata_update', 'license', 'royalty_payment'].map((t) => `ALTER TABLE plain.${t} ADD PRIMARY KEY (id);`).join('\n')}
CREATE INDEX ON plain.asset (owner, id);
CREATE INDEX ON plain.asset (collection, token_id);
${['transfer', 'license', 'royalty_payment']
  .map(
    (t) => `ALTER TABLE plain.${t} ADD FOREIGN KEY (asset_id) REFERENCES plain.asset (id);
ALTER TABLE plain.${t} ALTER COLUMN asset_id SET NOT NULL;
CREATE INDEX ON plain.${t} (asset_id, id);`,
  )
  .join('\n')}
CREATE INDEX ON plain.royalty_payment (recipient);
CREATE INDEX ON plain.metadata_update (collection, from_token_id, id);
CREATE INDEX ON plain.metadata_update (collection, id);
CREATE FUNCTION plain.royalty_sums(of_recipient text) RETURNS TABLE (currency text, amount numeric, payments bigint) LANGUAGE sql STABLE AS
  'SELECT currency, sum(amount), count(*) FROM plain.royalty_payment WHERE recipient = of_recipient GROUP BY currency';
CREATE ROLE plain LOGIN PASSWORD 'bench';
ALTER ROLE plain SET search_path = plain;
GRANT USAGE ON SCHEMA plain TO plain;
GRANT SELECT ON ALL TABLES IN SCHEMA plain TO plain`
