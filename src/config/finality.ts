import type {ChainConfig} from './config'

/**
 * Blocks behind the head at which a chain's block is taken as final where only a count can be given, on the safe side of what the chain
 * promises: Ethereum finalises within two to three epochs (64 to 96 slots), Polygon's milestones and checkpoints within minutes, rollups
 * with their batch on Ethereum (about 20 minutes of blocks).
 */
const CONFIRMATIONS: Readonly<Record<number, number>> = {
  1: 96,
  10: 900,
  56: 64,
  100: 128,
  137: 512,
  8453: 900,
  42161: 5000,
  43114: 16,
  11155111: 96,
  31337: 10,
}

const DEFAULT_CONFIRMATIONS = 128

export const confirmationsOf = ({id, finality}: Pick<ChainConfig, 'id' | 'finality'>): number =>
  finality === 'finalized' ? (CONFIRMATIONS[id] ?? DEFAULT_CONFIRMATIONS) : finality
