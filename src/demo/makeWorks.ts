import {createRandom} from './random'
import {artistOf, bytesOf32, DAY, type Scene} from './scene'
import {bytesOf, createWork, metadataUri, proofOf, type Work} from './works'

export async function mintWorks({stage, random, contracts, cast, at}: Scene, count: number): Promise<readonly Work[]> {
  const works = Array.from({length: count}, (_, i) => createWork(random, i + 1))
  for (const [i, work] of works.entries()) {
    const artist = artistOf(cast, i + 1)
    const proof = i % 3 === 0 ? bytesOf(`proof of ${work.prompt}`) : '0x'
    await stage.send(artist, contracts.art, 'GenerativeAsset', 'mint', [
      artist,
      metadataUri(work),
      bytesOf(work.prompt),
      bytesOf(work.output),
      proof,
    ])
    if (i % 6 === 5) await stage.mine(at())
  }
  return works
}

export async function tradeWorks({stage, contracts, cast, random, at}: Scene, works: readonly Work[]): Promise<void> {
  const sell = async (seller: string, buyer: string, tokenId: number) =>
    stage.send(seller, contracts.art, 'GenerativeAsset', 'transferFrom', [seller, buyer, tokenId])
  for (let tokenId = 10; tokenId <= works.length; tokenId += 2) await sell(artistOf(cast, tokenId), random.pick(cast.collectors), tokenId)
  // Legal, and it changes nothing.
  await sell(artistOf(cast, 1), artistOf(cast, 1), 1)
  await stage.mine(at())
  for (const tokenId of [5, 150, 199])
    await stage.send(cast.collectors[0] as string, contracts.consecutive, 'Consecutive', 'transferFrom', [
      cast.collectors[0],
      cast.collectors[2],
      tokenId,
    ])
  await stage.mine(at())
}

export async function proveWorks({stage, contracts, cast, at}: Scene, works: readonly Work[]): Promise<void> {
  const record = (tokenId: number, type: number, deadline = 0) =>
    stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'recordProof', [tokenId, proofOf(works[tokenId - 1] as Work, type, deadline)])
  for (let tokenId = 1; tokenId <= 12; tokenId++) await record(tokenId, tokenId % 4)
  await record(13, 1, Math.floor(Date.now() / 1000) + 7 * DAY)
  await stage.mine(at())
  const refuted = proofOf(works[4] as Work, 1).proofHash
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'invalidateProof', [5, refuted, bytesOf32('challenge lost')])
  const revised = createWork(createRandom(1), 3)
  await stage.send(artistOf(cast, 3), contracts.art, 'GenerativeAsset', 'update', [3, bytesOf(revised.prompt), bytesOf(revised.output)])
  await stage.mine(at())
}
