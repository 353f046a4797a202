import {AbiCoder, Interface, MaxUint256, ZeroAddress, ZeroHash} from 'ethers'
import type {Config} from '../../src/config/config'
import {parseConfig} from '../../src/config/loadConfig'
import {type Address, parseAddress} from '../../src/domain/hex'
import {ERC6551_REGISTRY} from '../../src/domain/tokenAccount'
import {ASSET_SCHEMAS, schemaUid} from '../../src/standards/eas/record'
import {matchOrders} from './drivenMatches'
import type {EventChain} from './eventChain'
import {type Contract, createDeployer, openZeppelin, own, packaged} from './realContracts'

export const ANN = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'
export const BEN = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
export const ARTIST = '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc'
/** Whom a contract names and nobody else. */
export const HEIR = '0x90f79bf6eb2c4f870365e785982e1f101e93b906'
/** Who matches orders of others. */
const MATCHER = '0x15d34aaf54267db7d7c367839aaf71a00a2c6a65'
export const PRICE = 10n ** 18n
export const FEE = PRICE / 20n

type Deployer = ReturnType<typeof createDeployer>
type Named = Readonly<Record<string, Contract>>
export type World = Readonly<{contract: (name: string) => Contract; uids: readonly string[]}>

/** Every contract as its authors built it, driven as its users do. */
export async function driveContracts(chain: EventChain): Promise<World> {
  const deployer = createDeployer(chain, ANN)
  const market = await sell(deployer)
  const fickle = await sellUnderTerms(deployer, market.seaport)
  const works = await matchOrders(deployer, market.seaport, PRICE, {bidder: BEN, sellers: [ANN, ARTIST], matcher: MATCHER, payee: HEIR})
  const proxies = await upgrade(deployer)
  const accounts = await bindAccount(deployer, chain, {...market, ...proxies})
  const {eas, uids} = await attest(deployer, {...market, ...proxies})
  const editions = await createEditions(deployer)
  const all: Named = {...market, ...proxies, fickle, works, accounts, eas, ...editions}
  const contract = (name: string): Contract => {
    const found = all[name]
    if (!found) throw new Error(`${name} is not deployed`)
    return found
  }
  return {contract, uids}
}

const INDEXED = ['art', 'works', 'fickle', 'series', 'beacon', 'proxy', 'transparent', 'diamond', 'accounts']

export const configOf = ({chainId, url}: EventChain, {contract}: World): Config =>
  parseConfig(
    JSON.stringify({
      chains: [
        {
          ...{id: chainId, rpc: [url], royaltyInfo: true},
          contracts: INDEXED.map((name) => ({address: contract(name).address})),
          trusted: [contract('seaport').address, contract('eas').address],
          factories: [
            {address: contract('factory').address, event: 'EditionCreated(address indexed owner, address edition)', child: 'edition'},
          ],
        },
      ],
      roles: {[ARTIST]: 'creator'},
    }),
    {env: {}},
  )

const money = (amount: bigint, recipient: string) => ({
  ...{itemType: 0, token: ZeroAddress, identifierOrCriteria: 0},
  ...{startAmount: amount, endAmount: amount, recipient},
})

/** A listing by Ann of these tokens at PRICE, of which FEE is for somebody else. */
const listing = (collection: Contract, tokens: readonly number[], payee: string) => ({
  parameters: {
    ...{offerer: ANN, zone: ZeroAddress, zoneHash: ZeroHash, conduitKey: ZeroHash},
    offer: tokens.map((id) => ({itemType: 2, token: collection.address, identifierOrCriteria: id, startAmount: 1, endAmount: 1})),
    consideration: [money(PRICE - FEE, ANN), money(FEE, payee)],
    ...{orderType: 0, startTime: 0, endTime: MaxUint256, salt: 7, totalOriginalConsiderationItems: 2},
  },
  signature: '0x',
})
const PAID = {from: BEN, value: `0x${PRICE.toString(16)}`}

/** A listing of Seaport 1.6 with a share for the artist, filled; and a series of ERC721A, minted by one log, then one by one, and burned. */
async function sell({deploy, call}: Deployer) {
  const art = await deploy(packaged('TestERC721'))
  const controller = await deploy(packaged('ConduitController'))
  const seaport = await deploy(packaged('Seaport'), controller.address)
  await call([art, 'mint', [ANN, 1]], [art, 'setApprovalForAll', [seaport.address, true]])
  const order = listing(art, [1], ARTIST)
  await call([seaport, 'validate', [[order]]])
  await call([seaport, 'fulfillOrder', [order, ZeroHash], PAID])
  const series = await deploy(packaged('ERC721A'), 5)
  await call([series, 'mint', [2]], [series, 'burn', [3]])
  // Rentals of ERC-4907, by its extension: the second takes the place of the first.
  await call([series, 'setUser', [0, ARTIST, 4_000_000_000]])
  await call([series, 'setUser', [0, BEN, 4_000_000_000]])
  return {art, seaport, series}
}

/**
 * Tokens of a contract that asks for a tenth of each sale (ERC-2981) and is paid less: one; two for one price; one in whose block the terms
 * change; and those whose contract refuses, asks for more than the price, and answers a byte.
 */
async function sellUnderTerms({deploy, call}: Deployer, seaport: Contract) {
  const fickle = await deploy(own('FickleRoyalties'))
  const lots = [[1], [2, 3], [4], [100], [200], [300]]
  const orders = lots.map((tokens) => listing(fickle, tokens, HEIR))
  await call(
    ...lots.flat().map((id) => [fickle, 'mint', [ANN, id]] as const),
    [fickle, 'setApprovalForAll', [seaport.address, true]],
    [fickle, 'setTerms', [HEIR, 1000]],
    [seaport, 'validate', [orders]],
  )
  const fill = (i: number) => [seaport, 'fulfillOrder', [orders[i], ZeroHash], PAID] as const
  await call(fill(0), fill(1))
  await call(fill(2), fill(3), fill(4), fill(5), [fickle, 'setTerms', [BEN, 200]])
  return fickle
}

/** Proxies and their beacon by OpenZeppelin, a diamond by SolidState. A token is minted by the first code, then comes the second. */
async function upgrade({deploy, call}: Deployer) {
  const first = await deploy(packaged('TestERC721'))
  const second = await deploy(packaged('TestERC721'))
  const beacon = await deploy(openZeppelin('UpgradeableBeacon'), first.address, ANN)
  // Its proxies refuse to be made without a first call.
  const start = first.abi.encodeFunctionData('setApprovalForAll', [BEN, true])
  const proxy = {...(await deploy(openZeppelin('BeaconProxy'), beacon.address, start)), abi: first.abi}
  const transparent = await deploy(openZeppelin('TransparentUpgradeableProxy'), first.address, ANN, start)
  await call([proxy, 'mint', [ANN, 1]], [beacon, 'upgradeTo', [second.address]])
  const diamond = await deploy(packaged('Diamond'))
  return {first, second, beacon, proxy, transparent, diamond}
}

/** An account of the token, by the registry at its one address. */
async function bindAccount({call}: Deployer, chain: EventChain, {first, art}: Readonly<{first: Contract; art: Contract}>) {
  const registry = packaged('ERC6551Registry')
  await chain.rpc('anvil_setCode', ERC6551_REGISTRY, registry.deployedBytecode)
  const accounts: Contract = {address: ERC6551_REGISTRY, abi: new Interface(registry.abi)}
  await call([accounts, 'createAccount', [first.address, ZeroHash, chain.chainId, art.address, 1]])
  return accounts
}

/** One about the second code, and one about the token, which is taken back. */
async function attest({deploy, call}: Deployer, {second, art}: Readonly<{second: Contract; art: Contract}>) {
  const schemas = await deploy(packaged('SchemaRegistry'))
  const eas = await deploy(packaged('EAS'), schemas.address)
  const uidOf = (schema: string) => schemaUid(schema, ZeroAddress as Address, true)
  const [audit, ofAsset] = [uidOf('string finding'), uidOf(ASSET_SCHEMAS[1])]
  await call([schemas, 'register', ['string finding', ZeroAddress, true]], [schemas, 'register', [ASSET_SCHEMAS[1], ZeroAddress, true]])
  const coder = AbiCoder.defaultAbiCoder()
  const request = (schema: string, recipient: string, expirationTime: bigint, data: string) => [
    {schema, data: {recipient, expirationTime, data, revocable: true, refUID: ZeroHash, value: 0}},
  ]
  const about = coder.encode(['address', 'uint256', 'bytes32'], [art.address, 1, `0x${'7a'.repeat(32)}`])
  const receipts = await call(
    [eas, 'attest', request(audit, second.address, 4_000_000_000n, coder.encode(['string'], ['sound']))],
    [eas, 'attest', request(ofAsset, ZeroAddress, 0n, about)],
  )
  const uids = receipts.map(({logs}) => String(logs[0]?.data))
  await call([eas, 'revoke', [{schema: ofAsset, data: {uid: uids[1], value: 0}}]])
  return {eas, uids}
}

/** A collection by a factory, one by a stranger, and a later mint of the first. */
async function createEditions({deploy, call}: Deployer) {
  const factory = await deploy(own('EditionFactory'))
  const stranger = await deploy(own('Edition'), ANN)
  const [created] = await call([factory, 'create', [BEN]], [stranger, 'mint', [ANN, 9]])
  const told = created?.logs.find((log) => parseAddress(log.address) === factory.address)
  const edition = {address: parseAddress(`0x${String(told?.data).slice(26, 66)}`), abi: stranger.abi}
  await call([edition, 'mint', [ANN, 4]])
  return {factory, stranger, edition}
}
