import {MaxUint256} from 'ethers'
import {artistOf, type Scene} from './scene'
import {createWork, hashOf, metadataUri, NONE, termsOf} from './works'

export async function changeMetadata({stage, contracts, cast, random, at}: Scene): Promise<void> {
  for (const tokenId of [1, 2, 3, 1])
    await stage.send(artistOf(cast, tokenId), contracts.art, 'GenerativeAsset', 'setTokenURI', [
      tokenId,
      metadataUri(createWork(random, tokenId)),
    ])
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'refresh', [1, 20])
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'refresh', [0, MaxUint256])
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'setContractURI', ['data:application/json,{"name":"Latent Works"}'])
  await stage.mine(at())
}

export async function playEditions({stage, contracts, cast, at}: Scene): Promise<void> {
  const [a, b] = cast.collectors as [string, string]
  const call = (from: string, method: string, args: readonly unknown[]) => stage.send(from, contracts.editions, 'Editions', method, args)
  await call(cast.studio, 'declare', [4])
  await call(cast.studio, 'mint', [a, 1, 100])
  await call(cast.studio, 'mintBatch', [b, [1, 2, 3, 2], [10, 20, 30, 5]])
  for (const id of [1, 2, 3])
    await call(cast.studio, 'setURI', [id, 'data:application/json,{"name":"Edition {id}","description":"One of many"}'])
  await stage.mine(at())
  await call(a, 'safeTransferFrom', [a, b, 1, 40, '0x'])
  await call(b, 'safeBatchTransferFrom', [b, a, [2, 3], [5, 10], '0x'])
  await call(b, 'burn', [3, 20])
  await call(a, 'safeTransferFrom', [a, b, 1, 0, '0x'])
  await stage.mine(at())
}

export async function upgradeContract({stage, contracts, cast, at}: Scene): Promise<void> {
  const second = await stage.deploy(cast.studio, 'GenerativeAssetV2')
  await stage.mine(at())
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'upgradeToAndCall', [await stage.addressOf(second), '0x'])
  await stage.mine(at())
}

export async function burnAndRemint({stage, contracts, cast, random, at}: Scene): Promise<void> {
  await stage.send(artistOf(cast, 9), contracts.art, 'GenerativeAsset', 'burn', [9])
  await stage.send(artistOf(cast, 8), contracts.art, 'GenerativeAsset', 'burn', [8])
  await stage.mine(at())
  await stage.send(cast.studio, contracts.art, 'GenerativeAsset', 'remint', [cast.collectors[0], 9, metadataUri(createWork(random, 9))])
  await stage.mine(at())
}

/** The registry's word counts (it is on the operator's list); the impostor's, the same contract from somebody else, does not. */
export async function speakOfOthers({stage, contracts, cast, at}: Scene): Promise<void> {
  const artist = artistOf(cast, 2)
  for (const registry of [contracts.registry, contracts.impostor]) {
    const call = (from: string, method: string, args: readonly unknown[], value = 0n) =>
      stage.send(from, registry, 'AssetRegistry', method, args, value)
    await call(artist, 'grantLicense', [contracts.art, 2, cast.trainer, termsOf({sublicensable: true})])
    await call(cast.trainer, 'payRoyalty', [contracts.art, 2, artist, 2], 10n ** 15n)
    await call(cast.studio, 'recordProof', [contracts.art, 14, hashOf('p'), hashOf('m'), hashOf('q'), hashOf('o')])
    await call(artist, 'registerDerivative', [contracts.art, 1, contracts.art, 2])
  }
  await stage.mine(at())
}

/** Logs that nobody can read, and one that claims what is not so: they end as stored failures and unverified claims. */
export async function misbehave({stage, contracts, cast, at}: Scene): Promise<void> {
  const topicOf = (name: 'GenerativeAsset' | 'Editions', event: string) => stage.codec(name).getEvent(event)?.topicHash as string
  const emit = (topics: readonly string[], data: string) =>
    stage.send(cast.collectors[1] as string, contracts.emitter, 'Emitter', 'emitLog', [topics, data])
  await emit([topicOf('GenerativeAsset', 'MetadataUpdate')], '0x1234')
  await emit([topicOf('GenerativeAsset', 'LicenseGranted'), NONE, NONE, NONE], `0x${'ff'.repeat(96)}`)
  await emit([topicOf('GenerativeAsset', 'Transfer')], `0x${'00'.repeat(96)}`)
  await stage.mine(at())
}
