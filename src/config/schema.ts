import {isIP} from 'node:net'
import {z} from 'zod'
import {type AccountRef, type AssetRef, MAX_CHAIN_ID, parseAssetId, parseCollectionId} from '../domain/caip'
import {type Address, isAddress, parseAddress} from '../domain/hex'
import {ChangeKind} from '../domain/provenanceKind'
import {ROLES} from '../domain/role'

/** The file as it is written (architecture: the faces that stay). Numbers may come as text from the environment. */

const whole = (max: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], {error: 'expected a whole number'})
    .refine((n) => Number.isSafeInteger(n) && n >= 0 && n <= max, `expected a whole number from 0 to ${max}`)

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {error: 'expected true or false'})

const address = z
  .string()
  .refine(isAddress, 'expected 0x and 40 hex digits')
  .transform((text): Address => parseAddress(text))

/** Never shows the URL: it may hold a key. */
const url = (...protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `expected a URL with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    )

export const nodeUrl = url('http:', 'https:', 'ws:', 'wss:')

const MAX_BLOCK = 2_147_483_647
const block = whole(MAX_BLOCK)

const positive = whole(MAX_BLOCK).refine((n) => n > 0, 'expected 1 or more; null: no limit')

const within = (min: number, max: number) => whole(max).refine((n) => n >= min, `expected ${min} or more`)

const isAddressRange = (text: string): boolean => {
  const [base = '', bits, ...rest] = text.split('/')
  return (
    isIP(base) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(base) === 4 ? 32 : 128)))
  )
}

const contract = z.strictObject({
  address,
  standards: z.array(z.string()).nonempty('name at least one standard, or leave it out for all').nullable().default(null),
  startBlock: block.default(0),
})

const addresses = z.union([address, z.array(address).nonempty()], {error: 'expected an address, or a list of addresses'})

const factory = z.strictObject({
  address: addresses,
  event: z.string(),
  child: z.string(),
  startBlock: block.default(0),
})

const chain = z
  .strictObject({
    id: whole(MAX_CHAIN_ID).refine((id) => id > 0, 'expected an EIP-155 chain id'),
    rpc: z.array(nodeUrl).default([]),
    gateway: url('http:', 'https:').nullable().default(null),
    finality: z
      .union([z.literal('finalized'), whole(1_000_000)], {error: 'expected "finalized" or a number of confirmations'})
      .default('finalized'),
    startBlock: block.default(0),
    endBlock: block.nullable().default(null),
    contracts: z.union(
      [z.literal('*'), z.array(contract).nonempty('list at least one contract, or write "*" for every contract that emits a standard')],
      {
        error: 'expected "*" or a list of contracts',
      },
    ),
    trusted: z.array(address).default([]),
    verification: z.enum(['none', 'bloom', 'receipts']).default('bloom'),
    pollIntervalMs: whole(3_600_000)
      .refine((ms) => ms >= 50, 'expected at least 50')
      .default(1000),
    headStallSeconds: positive.nullable().default(600),
    factories: z.array(factory).default([]),
    royaltyInfo: flag.default(false),
  })
  .superRefine((value, context) => {
    if (value.rpc.length === 0 && value.gateway === null)
      context.addIssue({code: 'custom', path: ['rpc'], message: 'give at least one RPC URL'})
    if (value.endBlock !== null && value.endBlock < value.startBlock)
      context.addIssue({code: 'custom', path: ['endBlock'], message: `is before startBlock (${value.startBlock})`})
    if (value.contracts === '*') return
    for (const [i, {address: a}] of value.contracts.entries())
      if (value.contracts.findIndex((c) => c.address === a) < i)
        context.addIssue({code: 'custom', path: ['contracts', i, 'address'], message: `${a} is listed twice`})
  })

const event = z.strictObject({
  contract: z.union([z.literal('*'), address, z.array(address).nonempty()], {error: 'expected "*", an address, or a list of addresses'}),
  event: z.string(),
  as: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** Text that is parsed; what it is not is said by the parser. */
const parsed = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({code: 'custom', message: (error as Error).message})
      return z.NEVER
    }
  })

const SECRET = 'expected a signing secret of the Standard Webhooks specification: whsec_ and 24 to 64 bytes in base64'
const isSecret = (text: string): boolean => {
  const bytes = /^whsec_([A-Za-z0-9+/]+={0,2})$/.test(text) ? Buffer.from(text.slice(6), 'base64').length : 0
  return bytes >= 24 && bytes <= 64
}
const someOf = <T extends z.ZodType>(one: T) => z.array(one).nonempty('name at least one, or leave it out for all').nullable().default(null)

const webhook = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: url('http:', 'https:'),
  secret: z.string().refine(isSecret, SECRET),
  finality: z.enum(['head', 'final']).default('head'),
  kinds: someOf(z.enum(ChangeKind)),
  collections: someOf(parsed((text): AccountRef => parseCollectionId(text))),
  assets: someOf(parsed((text): AssetRef => parseAssetId(text))),
  includeUnverified: flag.default(false),
})

const roles = z
  // Without quotes a key of hex digits is a number, and comes as its decimal text.
  .record(z.string().refine(isAddress, 'expected 0x and 40 hex digits, in quotes'), z.enum(ROLES))
  .superRefine((value, context) => {
    const seen = new Set<Address>()
    for (const key of Object.keys(value).filter(isAddress)) {
      const address = parseAddress(key)
      if (seen.has(address)) context.addIssue({code: 'custom', path: [key], message: `${address} is listed twice`})
      seen.add(address)
    }
  })
  .default({})

const object = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape).prefault({} as never)

export const fileSchema = z
  .strictObject({
    chains: z.array(chain).nonempty('configure at least one chain'),
    cache: object({dir: z.string().default('.data/cache'), maxBytes: whole(Number.MAX_SAFE_INTEGER).nullable().default(null)}),
    metadata: object({
      ipfsGateways: z.array(url('http:', 'https:')).default([]),
      arweaveGateways: z.array(url('http:', 'https:')).default([]),
      allowPrivateAddresses: flag.default(false),
      concurrency: within(1, 1_000).default(64),
      perHost: within(1, 1_000).default(8),
      perGateway: within(1, 1_000).default(32),
      backgroundPerSecond: whole(10_000).default(20),
      rereadHours: within(1, 87_600).default(168),
    }),
    roles,
    webhooks: z.array(webhook).max(1_000).default([]),
    api: object({
      cors: z.array(z.string()).default([]),
      introspection: flag.default(true),
      replicaUrl: url('postgres:', 'postgresql:').nullable().default(null),
      requestsPerMinute: positive.nullable().default(6_000),
      keyRequestsPerMinute: positive.nullable().default(60_000),
      concurrentRequests: positive.nullable().default(100),
      subscriptions: positive.nullable().default(20_000),
      subscriptionsPerClient: positive.nullable().default(100),
      trustedProxies: z.array(z.string().refine(isAddressRange, 'expected an IP address or a range, as 10.0.0.0/8')).default([]),
      persistedOperations: z.string().nullable().default(null),
      persistedOnly: flag.default(false),
    }).superRefine(({persistedOperations, persistedOnly}, context) => {
      if (persistedOnly && persistedOperations === null)
        context.addIssue({code: 'custom', path: ['persistedOnly'], message: 'answers nothing at all without api.persistedOperations'})
    }),
    events: z.array(event).default([]),
  })
  .superRefine(({chains, webhooks}, context) => {
    for (const [i, {name}] of webhooks.entries())
      if (webhooks.findIndex((w) => w.name === name) < i)
        context.addIssue({code: 'custom', path: ['webhooks', i, 'name'], message: `${JSON.stringify(name)} is the name of another webhook`})
    for (const [i, {id}] of chains.entries())
      if (chains.findIndex((c) => c.id === id) < i)
        context.addIssue({code: 'custom', path: ['chains', i, 'id'], message: `chain ${id} is configured twice`})
  })

export type ParsedFile = z.output<typeof fileSchema>
