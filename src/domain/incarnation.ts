import type {DomainEvent} from './event'
import type {AssetRow} from './rows'

/**
 * Which life of its asset an event speaks of: the present one, after a burn the one that ended, and before the mint of its own transaction the
 * one that begins. What no transfer told of is in its first.
 */
export const incarnationAt = ({beforeMint}: DomainEvent, asset: AssetRow | undefined): number => {
  if (!asset) return 1
  return asset.burnId !== null && beforeMint ? asset.incarnation + 1 : asset.incarnation
}
