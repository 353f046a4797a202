import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {eventKey} from '../../src/domain/ids'
import {startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN, GENESIS} from '../support/filledDatabase'
import {insertRow} from '../support/givenRows'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const timeOf = (block: number) => new Date((GENESIS + block * 12) * 1000)

describe('metadata', () => {
  const contract = `0x${'f1'.repeat(20)}`
  const key = `${CHAIN}-${contract}-1`
  const ask = async (block: number, fields: string) =>
    (await app.answer(`{ asset(id: "eip155:${CHAIN}/erc721:${contract}/1", asOf: {block: ${block}}) { ${fields} } }`)).asset
  const facts = async (block: number) =>
    (await ask(block, 'metadataFacts { uri staleSince commitment { contentHash } documents { name } }')).metadataFacts

  const change = (block: number, uri: string) =>
    insertRow(app.pool, 'MetadataChange', {
      ...{id: eventKey(CHAIN, block, 998, 0), blockNumber: block, logIndex: 998, timestamp: timeOf(block)},
      ...{collectionId: `${CHAIN}-${contract}`, scope: 'token', assetId: key, fromTokenId: 1n, toTokenId: 1n, uri},
    })
  const read = (id: number, name: string, from: number, to: number) =>
    app.pool.query(
      `WITH document AS (INSERT INTO metadata_document (hash, byte_length, media_type, notes, view)
         VALUES (decode($1, 'hex'), 9, 'application/json', '{}', $2) RETURNING hash)
       INSERT INTO metadata_version (id, subject_id, document_hash, uri, uri_hash, fills_id, at_mint, verdict, verdict_reason, block_number, block_hash, last_block_number)
       SELECT $3::int8, $4, hash, 'ipfs://' || $3::int8::text, hash, false, false, 'mutable', 'given', $5, '0x', $6 FROM document`,
      [`0${id}`.repeat(32), {name: {value: name, pointer: '/name'}}, id, key, from, to],
    )

  test('of a block is its URI, its commitment and its staleness; documents are the evidence that was seen of it', async () => {
    await change(3, 'ipfs://a')
    await insertRow(app.pool, 'MetadataCommit', {
      ...{id: eventKey(CHAIN, 5, 998, 0), blockNumber: 5, logIndex: 998, timestamp: timeOf(5)},
      ...{
        collectionId: `${CHAIN}-${contract}`,
        assetId: key,
        tokenId: 1n,
        emitter: contract,
        by: contract,
        contentHash: `0x${'05'.repeat(32)}`,
      },
    })
    await app.pool.query(`INSERT INTO metadata_subject (id, chain_id, collection_id, token_id, version_id) VALUES ($1, $2, $3, 1, 1)`, [
      key,
      CHAIN,
      `${CHAIN}-${contract}`,
    ])
    await read(1, 'One', 4, 7)
    const before = await Promise.all([3, 4, 9].map(facts))
    expect(before).toEqual([
      {uri: 'ipfs://a', staleSince: null, commitment: null, documents: [{name: 'One'}]},
      {uri: 'ipfs://a', staleSince: null, commitment: null, documents: [{name: 'One'}]},
      {uri: 'ipfs://a', staleSince: null, commitment: {contentHash: `0x${'05'.repeat(32)}`}, documents: [{name: 'One'}]},
    ])
    await change(10, 'ipfs://b')
    expect(await ask(10, 'metadata { name staleSince }')).toEqual({metadata: {name: 'One', staleSince: timeOf(10).toISOString()}})
    expect(await facts(11)).toMatchObject({uri: 'ipfs://b', staleSince: timeOf(10).toISOString(), documents: []})
    await read(2, 'Two', 12, 12)
    await app.pool.query('UPDATE metadata_subject SET version_id = 2 WHERE id = $1', [key])
    expect(await facts(11)).toMatchObject({uri: 'ipfs://b', staleSince: null, documents: [{name: 'Two'}]})
    expect(await ask(11, 'metadata { name staleSince } metadataHistory { totalCount nodes { name } }')).toEqual({
      metadata: {name: 'Two', staleSince: null},
      metadataHistory: {totalCount: 2, nodes: [{name: 'Two'}, {name: 'One'}]},
    })
    expect(await Promise.all([3, 4, 9].map(facts)), 'later events and readings change nothing of what was').toEqual(before)
    expect(await ask(9, 'metadata { name staleSince } metadataHistory { totalCount }')).toEqual({
      metadata: {name: 'One', staleSince: null},
      metadataHistory: {totalCount: 1},
    })
    expect(await ask(2, 'id')).toBeNull()
  })

  test('of now has the same facts', async () => {
    const {asset} = await app.answer(
      `{ asset(id: "eip155:${CHAIN}/erc721:${contract}/1") { metadata { name } metadataFacts { uri change { blockNumber } documents { name } } } }`,
    )
    expect(asset).toEqual({
      metadata: {name: 'Two'},
      metadataFacts: {uri: 'ipfs://b', change: {blockNumber: 10}, documents: [{name: 'Two'}]},
    })
  })
})
