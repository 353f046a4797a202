import {events} from '../../abi/limit-break-royalties'
import {buildLayout} from '../../domain/abiEvent'
import type {RoyaltyTermsSet} from '../../domain/event'
import {type Address, parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {PARTS_PER_BPS} from '../../domain/saleEvents'
import type {Standard} from '../../domain/standard'

/** Out of 10 000, ERC2981's denominator in OpenZeppelin's contracts. Nobody as receiver: the terms are taken away. */
function termsOf(collection: Address, tokenId: bigint | null, receiver: string, bps: bigint): readonly RoyaltyTermsSet[] {
  const recipient = parseAddress(receiver)
  const shares = recipient === ZERO_ADDRESS ? [] : [{recipient, parts: bps * PARTS_PER_BPS}]
  return [{type: 'royalty.termsSet', collection, tokenId, shares, movedTo: null}]
}

/** Collections that log what their royaltyInfo answers from then on. RoyaltySet is that of the minter of a token. */
export const limitBreakRoyalties: Standard = {
  name: 'limit-break-royalties',
  title: 'Limit Break programmable royalties',
  source: 'https://github.com/limitbreakinc/creator-token-standards/tree/main/src/programmable-royalties',
  layouts: [
    buildLayout(events.DefaultRoyaltySet, ({receiver, feeNumerator}, log) => termsOf(log.address, null, receiver, feeNumerator)),
    buildLayout(events.TokenRoyaltySet, ({tokenId, receiver, feeNumerator}, log) => termsOf(log.address, tokenId, receiver, feeNumerator)),
    buildLayout(events.RoyaltySet, ({tokenId, receiver, feeNumerator}, log) => termsOf(log.address, tokenId, receiver, feeNumerator)),
  ],
}
