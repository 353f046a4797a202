import type {Random} from './random'
import type {Stage} from './stage'

export type Contracts = Readonly<{
  art: string
  editions: string
  consecutive: string
  registry: string
  impostor: string
  token: string
  emitter: string
}>
export type Cast = Readonly<{studio: string; artists: readonly string[]; collectors: readonly string[]; trainer: string}>
/** `at`: the time of the next block. */
export type Scene = Readonly<{stage: Stage; random: Random; contracts: Contracts; cast: Cast; at: () => number}>

export const DAY = 24 * 3600

/** Artist and first owner of each work, by turns. */
export const artistOf = ({artists}: Cast, tokenId: number): string => artists[tokenId % artists.length] as string

/** A short label as a contract writes it into a bytes32. */
export const bytesOf32 = (text: string): string => `0x${Buffer.from(text).toString('hex').padEnd(64, '0')}`
