import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {blockOf, logBy} from '../test/support/givenBlocks'
import {address, hash} from '../test/support/givenEvents'
import {memoryStore} from '../test/support/memoryStore'
import {buildPipeline, minTopicsOf, requestsOf} from './chainPipeline'
import {parseConfig} from './config/loadConfig'
import {selectChain} from './config/selectChain'
import {handleBlocks, type SubsquidBlock} from './pipeline/handler'
import {eas} from './standards/eas/eas'
import {seaport} from './standards/seaport/seaport'

const [FACTORY, CHILD, STRANGER, LATER] = [address(0xfac), address(0xc41d), address(0x57a), address(0x1a7e)] as const
const TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'
const CREATED = 'CollectionCreated(address indexed owner, address collection)'

const minted = (collection: string, id: number) => logBy(collection, TRANSFER, [address(0), address(1), id])
const created = (collection: string, factory: string = FACTORY) => logBy(factory, CREATED, [address(1), collection])

const config = (factories: string, contracts = `[{address: "${address(0xa)}"}]`) =>
  parseConfig(`chains: [{id: 1, rpc: ["http://node"], contracts: ${contracts}, factories: ${factories}}]`, {env: {}})
const FACTORIES = `[{address: "${FACTORY}", event: "${CREATED}", child: collection, startBlock: 3}]`

describe('contracts that a factory creates', () => {
  const given = config(FACTORIES)
  const chain = selectChain(given, undefined)
  const pipeline = buildPipeline(chain, given)
  const index = async (store: ReturnType<typeof memoryStore>, ...batches: readonly (readonly SubsquidBlock[])[]) => {
    for (const batch of batches) await handleBlocks(batch, pipeline, store, store.created)
    return store.tables()
  }
  const HISTORY = [
    blockOf(4, minted(CHILD, 1), minted(STRANGER, 1), {...minted(STRANGER, 2), topics: minted(STRANGER, 2).topics.slice(0, 2)}),
    blockOf(5, minted(CHILD, 2), created(CHILD), minted(CHILD, 3), minted(STRANGER, 3)),
    blockOf(6, minted(CHILD, 4), created(CHILD), minted(LATER, 1), created(LATER, STRANGER)),
    blockOf(7, minted(CHILD, 5), created(LATER)),
  ]

  test('are indexed from the block of their creation on, also before its log; strangers and their failures are not', async () => {
    const {Transfer, DecodeFailure, FactoryContract, ContractCreation} = await index(memoryStore(), HISTORY)
    expect(Transfer?.map(({tokenId}) => tokenId)).toEqual([2n, 3n, 4n, 5n])
    expect(DecodeFailure).toBeUndefined()
    expect(FactoryContract).toMatchObject([
      {address: LATER, factory: FACTORY, createdIn: 7},
      {address: CHILD, factory: FACTORY, createdIn: 5},
    ])
    expect(ContractCreation).toHaveLength(3)
  })

  test('whatever the batches [INV-1]', async () => {
    expect(await index(memoryStore(), ...HISTORY.map((one) => [one]))).toEqual(await index(memoryStore(), HISTORY))
  })

  test('one of an orphaned block is a stranger again [INV-4]', async () => {
    // The rows are those before block 5, as a rollback leaves them.
    const tables = await index(memoryStore(), [HISTORY[0] as SubsquidBlock], [blockOf(5, minted(CHILD, 2)), HISTORY[3] as SubsquidBlock])
    expect(tables.Transfer).toBeUndefined()
  })

  test('logs of every contract are asked for, but no ERC-20 transfers', () => {
    const requests = requestsOf(chain, given, pipeline)
    expect(requests.at(-1)).toMatchObject({range: {from: 3}})
    expect(requests.at(-1)).not.toHaveProperty('address')
    expect(requests.flatMap((request) => request.address ?? [])).toEqual([address(0xa), FACTORY])
    expect(minTopicsOf(chain, pipeline)).toEqual({[String(minted(CHILD, 1).topics[0])]: 4})
  })

  test('an event that creates a contract by configuration keeps the meaning that a standard gives it', async () => {
    const [implementation, salt] = [address(0xc0de), hash(0)]
    const made =
      'ERC6551AccountCreated(address account, address indexed implementation, bytes32 salt, uint256 chainId, address indexed tokenContract, uint256 indexed tokenId)'
    const bound = logBy(FACTORY, made, [CHILD, implementation, salt, 1, STRANGER, 7])
    const of = config(`[{address: "${FACTORY}", event: "${made}", child: account}]`)
    const store = memoryStore()
    const {events} = await handleBlocks(
      [blockOf(5, bound, minted(CHILD, 1), minted(STRANGER, 1))],
      buildPipeline(selectChain(of, undefined), of),
      store,
      store.created,
    )
    const {AccountBinding, ContractCreation, Transfer} = store.tables()
    expect(AccountBinding).toMatchObject([{account: CHILD, standard: 'erc6551', tokenId: 7n}])
    expect(ContractCreation).toMatchObject([{address: CHILD, emitter: FACTORY, standard: 'configured'}])
    expect([Transfer?.map(({collectionId}) => collectionId), events]).toEqual([[`1-${CHILD}`], 3])
  })

  test('speak in shapes of their own too, and a stranger in the same shape is not heard', async () => {
    const granted = 'LicenseGranted(uint256 indexed tokenId, address indexed licensee)'
    const fields = '{licenseId: tokenId, tokenId: tokenId, licensee: licensee}'
    const own = parseConfig(
      `chains: [{id: 1, rpc: ["http://node"], contracts: [{address: "${address(0xa)}"}], factories: ${FACTORIES}}]
events: [{contract: "*", event: "${granted}", as: license.granted, fields: ${fields}}]`,
      {env: {}},
    )
    const pipeline = buildPipeline(selectChain(own, undefined), own)
    const store = memoryStore()
    const grants = [CHILD, STRANGER].map((contract) => logBy(contract, granted, [7, address(0xb0b)]))
    await handleBlocks([blockOf(5, created(CHILD)), blockOf(6, ...grants)], pipeline, store, store.created)
    expect(store.tables().License).toMatchObject([{emitter: CHILD, tokenId: 7n, licensee: address(0xb0b)}])
    expect(requestsOf(selectChain(own, undefined), own, pipeline).at(-1)?.topic0).toContain(grants[0]?.topics[0])
  })

  test('where every contract is indexed anyway, nothing is left out', async () => {
    const all = config(FACTORIES, '"*"')
    const store = memoryStore()
    await handleBlocks(HISTORY, buildPipeline(selectChain(all, undefined), all), store, store.created)
    expect(store.tables().Transfer).toHaveLength(8)
  })

  test('what is wrong with a factory is told exactly', () => {
    const problems = (factories: string) => {
      try {
        config(factories)
        return ''
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(problems(FACTORIES.replace('child: collection', 'child: colection'))).toContain(
      'chains[0].factories[0].child: the event has no parameter "colection"; it has owner, collection',
    )
    expect(problems(FACTORIES.replace('address collection)', 'uint256 collection)'))).toContain(
      'uint256, which cannot fill a field of kind address',
    )
    expect(problems(FACTORIES.replace('(address', '(adress'))).toMatch(/chains\[0\]\.factories\[0\]\.event: .* does not parse/)
  })
})

test('docs/configuration.md: its example is read as it says', async () => {
  const page = readFileSync(join(__dirname, '../docs/configuration.md'), 'utf8')
  const yaml = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const given = parseConfig(yaml, {env: {RPC_URL: 'http://node'}})
  const [mapping] = given.events
  const registry = String(mapping?.contracts[0])
  const store = memoryStore()
  const signature = String(mapping?.event)
  const values = [hash(9), 7n, address(0xb0b), 3600n]
  await handleBlocks(
    [blockOf(5, logBy(registry, signature, values))],
    buildPipeline(selectChain(given, undefined), given),
    store,
    store.created,
  )
  expect(store.tables().License).toMatchObject([{tokenId: 7n, licensee: address(0xb0b), expiry: BigInt(1_700_000_000 + 5 * 12 + 3600)}])
})

test('contracts are asked what is due of sales only where the operator wants it; other questions are asked in any case', () => {
  const askingWith = (more: string) => {
    const given = parseConfig(`chains: [{id: 1, rpc: ["http://node"], contracts: "*"${more}}]`, {env: {}})
    return buildPipeline(selectChain(given, undefined), given).router.asking
  }
  const [sale, attested] = [seaport, eas].map(({layouts}) => layouts[0]?.topic0 as string)
  expect([sale, attested].map((topic) => askingWith('').has(topic as string))).toEqual([false, true])
  expect([sale, attested].map((topic) => askingWith(', royaltyInfo: true').has(topic as string))).toEqual([true, true])
})
