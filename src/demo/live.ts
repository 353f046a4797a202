import {ZeroAddress} from 'ethers'
import {createRandom, type Random} from './random'
import type {Stage} from './stage'
import type {Story} from './story'
import {bytesOf, createWork, hashOf, metadataUri, proofOf, termsOf} from './works'

export type Live = Readonly<{failed: Promise<Error>; stop: () => Promise<void>}>

const EVERY_MS = 1_500
/** A hiccup of the node is none of the demo's; a node that stays away is. */
const MAX_FAILURES_IN_A_ROW = 10

/** A block with a thing or two every second and a half, until it is stopped. */
export function startLive(stage: Stage, story: Story, seed = Date.now()): Live {
  const random = createRandom(seed)
  let stopped = false
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<Error>((resolve) => (fail = resolve))
  const pause = () => new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  const running = (async () => {
    for (let failures = 0, lastTokenId: number | null = null; !stopped; await pause()) {
      try {
        lastTokenId ??= await readLastTokenId(stage, story)
        lastTokenId = await act(stage, story, random, lastTokenId)
        await stage.mine(Math.floor(Date.now() / 1000))
        failures = 0
      } catch (error) {
        // What was queued may be gone: ask the chain how far it is.
        lastTokenId = null
        failures += 1
        if (failures === MAX_FAILURES_IN_A_ROW) return fail(error instanceof Error ? error : new Error(String(error)))
      }
    }
  })()
  return {
    failed,
    stop: async () => {
      stopped = true
      await running
    },
  }
}

async function readLastTokenId(stage: Stage, {contracts}: Story): Promise<number> {
  const codec = stage.codec('GenerativeAsset')
  const answer = await stage.call(contracts.art, codec.encodeFunctionData('nextTokenId'))
  return Number(codec.decodeFunctionResult('nextTokenId', answer)[0]) - 1
}

/** Answers the number of the last token. */
async function act(stage: Stage, {contracts}: Story, random: Random, lastTokenId: number): Promise<number> {
  const [studio] = stage.accounts as [string]
  const tokenId = lastTokenId + 1
  const work = createWork(random, tokenId)
  const artist = random.pick(stage.accounts.slice(2))
  switch (random.below(5)) {
    case 0: {
      const price = BigInt(1 + random.below(30)) * 10n ** 16n
      await stage.send(
        artist,
        contracts.art,
        'GenerativeAsset',
        'payRoyalty',
        [1 + random.below(7), ZeroAddress, price, hashOf(`live ${tokenId}`)],
        (price * 750n) / 10_000n,
      )
      return lastTokenId
    }
    case 1:
      await stage.send(studio, contracts.editions, 'Editions', 'mint', [artist, 1 + random.below(4), 1 + random.below(5)])
      return lastTokenId
    case 2:
      await stage.send(studio, contracts.art, 'GenerativeAsset', 'refresh', [1, tokenId])
      return lastTokenId
    default:
      await stage.send(artist, contracts.art, 'GenerativeAsset', 'mint', [
        artist,
        metadataUri(work),
        bytesOf(work.prompt),
        bytesOf(work.output),
        '0x',
      ])
      await stage.send(studio, contracts.art, 'GenerativeAsset', 'recordProof', [tokenId, proofOf(work, 0)])
      await stage.send(artist, contracts.art, 'GenerativeAsset', 'grantLicense', [tokenId, studio, termsOf({transferable: true})])
      return tokenId
  }
}
