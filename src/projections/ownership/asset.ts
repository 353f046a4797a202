import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {ZERO_ADDRESS} from '../../domain/hex'
import {collectionId} from '../../domain/ids'
import type {AssetRow} from '../../domain/rows'

type Transferred = EventOf<'token.transferred'>

/** One copy a transfer, worked on until it is given out: on the hot path a copy for each step costs more than the steps. */
type Draft = {-readonly [K in keyof AssetRow]: AssetRow[K]}

/** The asset after `event`; `known` is the stored one. Every transfer counts, whatever it changes. */
export function moveAsset(id: string, known: AssetRow | undefined, event: Transferred): AssetRow {
  const asset: Draft = known ? {...known} : firstSeen(id, event)
  asset.transferCount += 1
  asset.lastTransferId = event.ref.key
  if (asset.standard === event.namespace) {
    if (event.namespace === 'erc721') moveToken(asset, event)
    else moveSupply(asset, event)
  }
  return asset
}

/** An id that nothing told of: alive, its mint not observed (a constructor may create without logs). */
const firstSeen = (id: string, event: Transferred): Draft => ({
  id,
  chainId: BigInt(event.ref.chainId),
  collectionId: collectionId(event.ref.chainId, event.collection),
  tokenId: event.tokenId,
  standard: event.namespace,
  owner: null,
  creator: null,
  incarnation: 1,
  mintId: null,
  mintedAt: null,
  burnId: null,
  burnedAt: null,
  transferCount: 0,
  supply: 0n,
  lastTransferId: event.ref.key,
})

/**
 * ERC-721. A burned id that moves again lives again: by a mint, or, where the log names a holder as sender, by a mint that was not
 * observed. A mint of a living id moves it and starts nothing. From and to both zero: minted, if it was not alive, and burned at once.
 */
function moveToken(asset: Draft, event: Transferred): void {
  const revived = asset.burnId !== null && !(event.to === ZERO_ADDRESS && event.from !== ZERO_ADDRESS)
  if (revived) {
    asset.incarnation += 1
    asset.creator = null
    asset.mintId = null
    asset.mintedAt = null
    asset.burnId = null
    asset.burnedAt = null
  }
  if (event.from === ZERO_ADDRESS) observeMint(asset, event)
  const burned = event.to === ZERO_ADDRESS
  if (burned && asset.burnId === null) {
    asset.burnId = event.ref.key
    asset.burnedAt = blockTime(event.ref)
  }
  asset.owner = burned ? null : event.to
  asset.supply = burned ? 0n : 1n
}

/**
 * ERC-1155. An id names a kind: a supply that falls to 0 ends nothing, so there is one incarnation, its mint the first, and no burn.
 * From and to both zero with amount 0 declares the id, its creator being the operator (EIP-1155); an amount of 0 never mints.
 */
function moveSupply(asset: Draft, event: Transferred): void {
  if (event.amount === 0n) {
    if (event.from === ZERO_ADDRESS && event.to === ZERO_ADDRESS && asset.creator === null) asset.creator = event.operator
    return
  }
  if (event.from === event.to) return
  if (event.to === ZERO_ADDRESS) asset.supply -= event.amount
  else if (event.from === ZERO_ADDRESS) {
    observeMint(asset, event)
    asset.supply += event.amount
  }
}

/** The first mint that is seen of a life is its mint. */
function observeMint(asset: Draft, event: Transferred): void {
  if (asset.mintId !== null) return
  asset.creator ??= event.ref.transactionFrom
  asset.mintId = event.ref.key
  asset.mintedAt = blockTime(event.ref)
}
