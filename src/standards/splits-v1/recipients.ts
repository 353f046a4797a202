import {keccak256} from 'ethers/crypto'
import {id} from 'ethers/hash'
import type {Address, Hex} from '../../domain/hex'
import {type Answer, makeOnce, NOT_ASKED, type Question} from '../../domain/question'
import {searchByHash} from '../../domain/searchByHash'

export type SplitParams = Readonly<{accounts: readonly string[]; allocations: readonly number[]; distributorFee: number}>
export type Found = Readonly<{params: SplitParams | null; source: string}>

const GET_HASH = id('getHash(address)').slice(0, 10)

/** Functions of SplitMain that are called with the recipients, and which of their parameters is the list of accounts: the two behind it are the rest. */
const FUNCTIONS: readonly (readonly [selector: string, accounts: number])[] = (
  [
    ['createSplit(address[],uint32[],uint32,address)', 0],
    ['updateSplit(address,address[],uint32[],uint32)', 1],
    ['updateAndDistributeETH(address,address[],uint32[],uint32,address)', 1],
    ['updateAndDistributeERC20(address,address,address[],uint32[],uint32,address)', 2],
  ] as const
).map(([signature, accounts]) => [id(signature).slice(2, 10), accounts])

/** Recipients of one call. */
const MAX_RECIPIENTS = 1_000

export const recipientQuestions = (main: Address, split: Address): readonly Question[] => [
  {kind: 'input'},
  {kind: 'call', to: main, data: `${GET_HASH}${split.slice(2).padStart(64, '0')}` as Hex, at: 'block'},
]

/** The call of SplitMain whose recipients have the hash that it stores, wherever in the input it stands: contracts call on behalf of others. */
export function findRecipients([input = NOT_ASKED, hash = NOT_ASKED]: readonly Answer[]): Found {
  if (!hash.ok) return {params: null, source: `unknown: ${hash.reason}`}
  if (!input.ok) return {params: null, source: `unknown: ${input.reason}`}
  const params = makeOnce(input, searchCalls)(hash.data)
  return params ? {params, source: 'input'} : {params: null, source: 'unknown: not_in_input'}
}

const searchCalls = (input: Hex): ((hash: string) => SplitParams | null) => searchByHash(callsIn(input.slice(2)))

/**
 * As many words are read and hashed as the input has: calls do not share their lists, so that those of an honest input come to less, and what a
 * hostile one costs is as what it is long (INV-8).
 */
function* callsIn(digits: string): Generator<readonly [hash: string, SplitParams]> {
  let words = digits.length / 64
  for (const [selector, first] of FUNCTIONS)
    for (let at = digits.indexOf(selector); at !== -1; at = digits.indexOf(selector, at + 1)) {
      if (at % 2 !== 0) continue
      const parameters = digits.slice(at + 8)
      const [accounts, allocations] = [findList(parameters, first), findList(parameters, first + 1)]
      if (!accounts || !allocations || accounts.length !== allocations.length) continue
      words -= 2 * accounts.length + 1
      if (words < 0) return
      const fee = readNumber(parameters, (first + 2) * 64)
      const params = fee === null ? null : toParams(readList(parameters, accounts), readList(parameters, allocations), fee)
      if (params) yield [hashOf(params), params]
    }
}

function toParams(accounts: readonly string[], allocations: readonly string[], distributorFee: number): SplitParams | null {
  const numbers = allocations.map((word) => Number.parseInt(word, 16))
  if (distributorFee > 0xffffffff || numbers.some((number) => number > 0xffffffff)) return null
  return {accounts: accounts.map((word) => `0x${word.slice(24)}`), allocations: numbers, distributorFee}
}

type List = Readonly<{start: number; length: number}>

/** The list whose place stands at the n-th parameter. */
function findList(digits: string, n: number): List | null {
  const offset = readNumber(digits, n * 64)
  const length = offset === null ? null : readNumber(digits, offset * 2)
  if (offset === null || length === null || length > MAX_RECIPIENTS) return null
  const start = offset * 2 + 64
  return start + length * 64 > digits.length ? null : {start, length}
}

const readList = (digits: string, {start, length}: List): readonly string[] =>
  Array.from({length}, (_, i) => digits.slice(start + i * 64, start + (i + 1) * 64))

/** Null where there is no such word, or a number that no place or length has. */
function readNumber(digits: string, at: number): number | null {
  const word = digits.slice(at, at + 64)
  const number = Number.parseInt(word, 16)
  return word.length === 64 && Number.isSafeInteger(number) ? number : null
}

/** As SplitMain does it: keccak256(abi.encodePacked(accounts, percentAllocations, distributorFee)), where items of lists are padded to words. */
function hashOf({accounts, allocations, distributorFee}: SplitParams): string {
  const words = [
    ...accounts.map((account) => account.slice(2).padStart(64, '0')),
    ...allocations.map((n) => n.toString(16).padStart(64, '0')),
  ]
  return keccak256(`0x${words.join('')}${distributorFee.toString(16).padStart(8, '0')}`)
}
