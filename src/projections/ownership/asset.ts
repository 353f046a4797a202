import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {ZERO_ADDRESS} from '../../domain/hex'
import {collectionId} from '../../domain/ids'
import type {AssetRow} from '../../domain/rows'

type Transferred = EventOf<'token.transferred'>

/** The asset after `event`; `known` is the stored one. Every transfer counts, whatever it changes. */
export function moveAsset(id: string, known: AssetRow | undefined, event: Transferred): AssetRow {
  const before = known ?? firstSeen(id, event)
  const counted = {...before, transferCount: before.transferCount + 1, lastTransferId: event.ref.key}
  if (counted.standard !== event.namespace) return counted
  return event.namespace === 'erc721' ? moveToken(counted, event) : moveSupply(counted, event)
}

/** An id that nothing told of: alive, its mint not observed (a constructor may create without logs). */
const firstSeen = (id: string, event: Transferred): AssetRow => ({
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
function moveToken(asset: AssetRow, event: Transferred): AssetRow {
  const revived = asset.burnId !== null && !(event.to === ZERO_ADDRESS && event.from !== ZERO_ADDRESS)
  const alive: AssetRow = revived
    ? {...asset, incarnation: asset.incarnation + 1, creator: null, mintId: null, mintedAt: null, burnId: null, burnedAt: null}
    : asset
  const minted = event.from === ZERO_ADDRESS ? observeMint(alive, event) : alive
  if (event.to !== ZERO_ADDRESS) return {...minted, owner: event.to, supply: 1n}
  const burn = minted.burnId === null ? {burnId: event.ref.key, burnedAt: blockTime(event.ref)} : {}
  return {...minted, ...burn, owner: null, supply: 0n}
}

/**
 * ERC-1155. An id names a kind: a supply that falls to 0 ends nothing, so there is one incarnation, its mint the first, and no burn.
 * From and to both zero with amount 0 declares the id, its creator being the operator (EIP-1155); an amount of 0 never mints.
 */
function moveSupply(asset: AssetRow, event: Transferred): AssetRow {
  if (event.amount === 0n) {
    const declared = event.from === ZERO_ADDRESS && event.to === ZERO_ADDRESS && asset.creator === null
    return declared ? {...asset, creator: event.operator} : asset
  }
  if (event.from === event.to) return asset
  if (event.to === ZERO_ADDRESS) return {...asset, supply: asset.supply - event.amount}
  if (event.from !== ZERO_ADDRESS) return asset
  return {...observeMint(asset, event), supply: asset.supply + event.amount}
}

/** The first mint that is seen of a life is its mint. */
const observeMint = (asset: AssetRow, event: Transferred): AssetRow =>
  asset.mintId !== null
    ? asset
    : {...asset, creator: asset.creator ?? event.ref.transactionFrom, mintId: event.ref.key, mintedAt: blockTime(event.ref)}
