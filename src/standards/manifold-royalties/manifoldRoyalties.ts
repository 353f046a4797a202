import {events} from '../../abi/manifold-royalties'
import {events as multi} from '../../abi/manifold-royalties-multi'
import {buildLayout} from '../../domain/abiEvent'
import type {RoyaltyShare, RoyaltyTermsSet} from '../../domain/event'
import {type Address, parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {PARTS_PER_BPS} from '../../domain/saleEvents'
import {DecodeError, type Deployment, type Standard} from '../../domain/standard'

/** "Other EVM" of the registry's README is left to the operator's list: which chains that is, it does not say. */
const REGISTRIES: readonly Deployment[] = [
  {address: '0xad2184fb5dbcfc05d8f056542fb25b04fa32a95d' as Address, chains: [1]},
  {address: '0xe7c9cb6d966f76f3b5142167088927bf34966a1f' as Address, chains: [137]},
]
/** More recipients than any terms have; each is a row (INV-8). */
const MAX_RECIPIENTS = 1_000

/** Nobody's share, or a default of 0, is none. */
const set = (collection: Address, tokenId: bigint | null, shares: readonly RoyaltyShare[]): readonly RoyaltyTermsSet[] => {
  const named = shares.filter(({recipient, parts}) => recipient !== ZERO_ADDRESS && (tokenId !== null || parts > 0n))
  return [{type: 'royalty.termsSet', collection, tokenId, shares: named, movedTo: null}]
}
const one = (recipient: string, bps: number): readonly RoyaltyShare[] => [
  {recipient: parseAddress(recipient), parts: BigInt(bps) * PARTS_PER_BPS},
]

/** Recipients share what is due, each out of 10 000 of it: the product of both is exact out of 100 000 000. */
function several(royaltyBps: number, recipients: readonly Readonly<{recipient: string; bps: number}>[]): readonly RoyaltyShare[] {
  if (recipients.length > MAX_RECIPIENTS) throw new DecodeError('too_large', `${recipients.length} recipients`)
  return recipients.map(({recipient, bps}) => ({recipient: parseAddress(recipient), parts: BigInt(royaltyBps) * BigInt(bps)}))
}

/**
 * The registry says at which contract the terms of a collection are; that contract says them of itself, whichever collections are sent there. A
 * contract of zero: at the collection again.
 */
export const manifoldRoyalties: Standard = {
  name: 'manifold-royalties',
  title: 'Manifold royalty registry and overrides',
  source: 'https://github.com/manifoldxyz/royalty-registry-solidity',
  deployments: REGISTRIES,
  layouts: [
    buildLayout(events.RoyaltyOverride, ({tokenAddress, royaltyAddress}) => [
      {type: 'royalty.termsSet', collection: parseAddress(tokenAddress), tokenId: null, shares: [], movedTo: parseAddress(royaltyAddress)},
    ]),
    buildLayout(events.TokenRoyaltySet, ({tokenId, recipient, bps}, log) => set(log.address, tokenId, one(recipient, bps))),
    buildLayout(events.DefaultRoyaltySet, ({recipient, bps}, log) => set(log.address, null, one(recipient, bps))),
    buildLayout(events.TokenRoyaltyRemoved, ({tokenId}, log) => set(log.address, tokenId, [])),
    buildLayout(multi.TokenRoyaltySet, ({tokenId, royaltyBPS, recipients}, log) =>
      set(log.address, tokenId, several(royaltyBPS, recipients)),
    ),
    buildLayout(multi.DefaultRoyaltySet, ({royaltyBPS, recipients}, log) => set(log.address, null, several(royaltyBPS, recipients))),
  ],
}
