import {expect, test} from 'vitest'
import {createContractReader} from '../../src/metadata/ethCall'
import {abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {tokenKey} from '../support/metadataChain'
import {until} from '../support/metadataWorker'
import {documentOf, useMetadataWorld} from '../support/metadataWorld'

const world = useMetadataWorld()

const failureOf = async (tokenId: number): Promise<string | null> =>
  (await world.pool.query('SELECT failure_kind FROM metadata_subject WHERE id = $1', [tokenKey(tokenId)])).rows[0]?.failure_kind ?? null

test('reverts, megabytes and nonsense are reasons, and cost their neighbours nothing', async () => {
  await world.chain.addCollection(30)
  const huge = abiText(documentOf('x'.repeat(600_000)))
  world.contract = (asked) => {
    const tokenId = tokenIdOf(asked)
    if (tokenId === 3n) return 'revert'
    if (tokenId === 4n) return huge
    if (tokenId === 5n) return `0x${'ff'.repeat(100)}`
    return tokenId === 6n ? abiText('') : abiText(documentOf(`token ${tokenId}`))
  }
  world.startWorker()
  await until(world.readCount, (n) => n >= 26)
  await until(
    () => failureOf(6),
    (kind) => kind !== null,
  )
  const kinds = await Promise.all([3, 4, 5, 6].map(failureOf))
  expect(kinds).toEqual(['reverted', 'too_large', 'malformed', 'no_uri'])
  expect(await failureOf(30)).toBeNull()
})

test('[INV-8] a contract that keeps the node busy until it gives up costs its neighbours nothing, and is a reason of its own', async () => {
  await world.chain.addCollection(200)
  world.contract = (asked) => (tokenIdOf(asked) % 100n === 7n ? 'endless' : abiText(documentOf(`token ${tokenIdOf(asked)}`)))
  const worker = world.startWorker()
  await until(world.readCount, (n) => n === 199)
  for (const id of [7, 107])
    await until(
      () => failureOf(id),
      (kind) => kind === 'unanswered',
    )
  expect(worker.troubles).toEqual([])
})

test('a node that is away costs a token nothing but time', async () => {
  await world.chain.addCollection(3)
  world.node.leave(true)
  const worker = world.startWorker()
  await until(
    async () => worker.troubles.length,
    (n) => n > 0,
  )
  expect(await failureOf(1)).toBeNull()
  world.node.leave(false)
  await until(world.readCount, (n) => n === 3)
})

test('while the first node is away the next one is asked', async () => {
  await world.chain.addCollection(2)
  const away = await startContractNode(() => 'revert')
  world.stopLater(away.stop)
  away.leave(true)
  const worker = world.startWorker({nodeUrl: [away.url, world.node.url]})
  await until(world.readCount, (n) => n >= 2)
  expect(worker.troubles).toEqual([])
})

test('a call that is never answered is told from a node that answers none', async () => {
  const calls = (to: string) => [{to: `0x${to.repeat(20)}`, data: '0x'}] as never
  const at = {number: 1, hash: `0x${'0'.repeat(64)}`} as never
  world.contract = ({to}) => (to.startsWith('0xee') ? 'endless' : '0x01')
  const reader = createContractReader([world.node.url])
  expect(await reader.fetchCalls(calls('ee'), at)).toEqual([{ok: false, reason: 'unanswered'}])
  world.contract = () => 'endless'
  await expect(reader.fetchCalls(calls('ee'), at)).rejects.toMatchObject({code: 'E_NODE_UNAVAILABLE'})
})
