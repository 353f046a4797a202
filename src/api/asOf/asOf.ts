import type {ChainId} from '../../domain/caip'
import type {EventKey} from '../../domain/ids'

/** Where an answer ends on one chain: it knows the events up to `lastKey`, and nothing of later ones. */
export type Horizon = Readonly<{chainId: ChainId; firstKey: EventKey; lastKey: EventKey}>

/** A past moment that an answer speaks of: all that decides what it reads. */
export type AsOf = Readonly<{horizons: readonly Horizon[]}>

/** From when to when it was; the same where the index holds the block's time, else the times of the indexed events around it. */
export type Span = Readonly<{now: Date; latest: Date}>

/** A past moment and what the index tells of it. */
export type Moment = Span &
  Readonly<{
    horizons: readonly (Horizon &
      Readonly<{
        /** Null: before the first indexed event. */
        block: Readonly<{number: number; hash: string | null; timestamp: Date | null}> | null
        /** The chain will not take back what the answer is made of: it stays as it is (INV-9). */
        isFinal: boolean
      }>)[]
    /** All of it is final, so that who asks later is told the same. */
    isLasting: boolean
  }>

const PAD = {chain: 16, block: 10} as const
const keyOf = (chainId: ChainId, block: number, rest: string): EventKey =>
  `${String(chainId).padStart(PAD.chain, '0')}-${String(block).padStart(PAD.block, '0')}-${rest}`

/** Bounds of the keys of a chain's events up to a block, both inclusive; `block` null: none. */
export const keysUpTo = (chainId: ChainId, block: number | null): Pick<Horizon, 'firstKey' | 'lastKey'> => ({
  firstKey: keyOf(chainId, 0, ''),
  lastKey: block === null ? keyOf(chainId, 0, '') : keyOf(chainId, block, '999999-999999'),
})
