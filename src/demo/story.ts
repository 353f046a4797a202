import {mintWorks, proveWorks, tradeWorks} from './makeWorks'
import {createRandom} from './random'
import {type Cast, type Contracts, DAY, type Scene} from './scene'
import type {Stage} from './stage'
import {burnAndRemint, changeMetadata, misbehave, playEditions, speakOfOthers, upgradeContract} from './tendWorks'
import {deriveWorks, licenseWorks, payRoyalties} from './useWorks'

/** What the demo has to remember between runs. Plain data. */
export type Story = Readonly<{contracts: Contracts; lastTokenId: number; showcase: string}>

const GAP = 6 * 3600

/** Deploys the reference contracts and plays some hundred events of every kind into the past month. The same seed tells the same story. */
export async function tellStory(stage: Stage, chainId: number, onProgress: (message: string) => void, seed = 7): Promise<Story> {
  const random = createRandom(seed)
  const [studio, trainer, ...people] = stage.accounts as [string, string, ...string[]]
  const cast: Cast = {studio, trainer, artists: people.slice(0, 4), collectors: people.slice(4)}
  let time = Math.floor(Date.now() / 1000) - 29 * DAY
  const at = () => (time += GAP)
  onProgress('Deploying the reference contracts ...')
  const contracts = await deployContracts(stage, cast, at)
  const scene: Scene = {stage, random, contracts, cast, at}
  onProgress('Playing a month of history ...')
  const works = await mintWorks(scene, 36)
  await tradeWorks(scene, works)
  await proveWorks(scene, works)
  await licenseWorks(scene)
  await payRoyalties(scene)
  await deriveWorks(scene)
  await changeMetadata(scene)
  await playEditions(scene)
  await upgradeContract(scene)
  await burnAndRemint(scene)
  await speakOfOthers(scene)
  await misbehave(scene)
  return {contracts, lastTokenId: works.length, showcase: `eip155:${chainId}/erc721:${contracts.art.toLowerCase()}/1`}
}

async function deployContracts(stage: Stage, {studio, collectors}: Cast, at: () => number): Promise<Contracts> {
  const implementation = await stage.deploy(studio, 'GenerativeAsset')
  await stage.mine(at())
  const initialize = stage.codec('GenerativeAsset').encodeFunctionData('initialize', ['Latent Works', 'LATENT', studio, 750])
  const deployments = {
    art: await stage.deploy(studio, 'AssetProxy', [await stage.addressOf(implementation), initialize]),
    editions: await stage.deploy(studio, 'Editions'),
    consecutive: await stage.deploy(studio, 'Consecutive', [collectors[0], 200]),
    registry: await stage.deploy(studio, 'AssetRegistry'),
    impostor: await stage.deploy(collectors[1] as string, 'AssetRegistry'),
    token: await stage.deploy(studio, 'RoyaltyToken'),
    emitter: await stage.deploy(collectors[1] as string, 'Emitter'),
  }
  await stage.mine(at())
  const addresses = await Promise.all(Object.entries(deployments).map(async ([name, hash]) => [name, await stage.addressOf(hash)]))
  return Object.fromEntries(addresses) as Contracts
}
