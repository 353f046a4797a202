import {AbiCoder} from 'ethers/abi'
import {keccak256} from 'ethers/crypto'
import {id} from 'ethers/hash'
import type {Prompt} from '../../domain/event'
import {type Address, formatWord, type Hash32, type Hex} from '../../domain/hex'
import {type Answer, makeOnce, NOT_ASKED, type Question} from '../../domain/question'
import {searchByHash} from '../../domain/searchByHash'
import {MAX_TEXT_BYTES, readText} from '../../domain/text'

/** prompt(uint256), of the optional Enumerable extension. */
const PROMPT = id('prompt(uint256)').slice(0, 10)
/**
 * What is hashed in search of prompts, in bytes, for an input of so many: a call within a call is hashed as a whole too. What it costs is as
 * what the stranger paid for, however many logs ask (INV-8).
 */
const maxHashed = (bytes: number): number => Math.min(4_096 + 8 * bytes, 256 * 1024)
/** keccak256 takes so many bytes at a time. */
const HASH_STEP = 136

/** The log has the prompt's hash only. The transaction that generated it was most often called with it, and some contracts tell it. */
export const promptQuestions = (contract: Address, tokenId: bigint): readonly Question[] => [
  {kind: 'input'},
  {kind: 'call', to: contract, data: `${PROMPT}${formatWord(tokenId)}` as Hex, at: 'block'},
]

/** Whoever told it: a text whose keccak256 is the logged hash is the prompt. */
export function findPrompt(hash: Hash32, [input = NOT_ASKED, call = NOT_ASKED]: readonly Answer[]): Prompt {
  const inInput = input.ok ? makeOnce(input, searchTexts)(hash) : null
  if (inInput) return inInput
  const told = call.ok ? decodeBytes(call.data) : null
  if (told !== null && keccak256(told) === hash) return toPrompt(told, 'call')
  // What kept it from being known at all weighs more than that one place did not have it.
  const reason = !input.ok && input.reason !== 'empty' ? input.reason : call.ok ? 'another_prompt' : call.reason
  return {text: null, source: `unknown: ${reason}`}
}

export const toPrompt = (bytes: Hex, source: 'log' | 'call'): Prompt => readPrompt(Buffer.from(bytes.slice(2), 'hex'), source)

const readPrompt = (content: Buffer, source: 'log' | 'input' | 'call'): Prompt =>
  content.length > MAX_TEXT_BYTES ? {text: null, source: 'unknown: too_large'} : {text: readText(content), source}

const searchTexts = (input: Hex): ((hash: string) => Prompt | null) => searchByHash(textsIn(Buffer.from(input.slice(2), 'hex')))

/**
 * Texts that stand in ABI-encoded data, in a call within a call too, each by its hash. The shorter ones first: what holds a prompt beside much
 * else is longer than it.
 */
function* textsIn(input: Buffer): Generator<readonly [hash: string, Prompt]> {
  yield [keccak256('0x'), readPrompt(Buffer.alloc(0), 'input')]
  let left = maxHashed(input.length)
  for (const {start, length} of findTexts(input)) {
    left -= (Math.floor(length / HASH_STEP) + 1) * HASH_STEP
    if (left < 0) return
    const content = input.subarray(start, start + length)
    yield [keccak256(content), readPrompt(content, 'input')]
  }
}

type Place = Readonly<{start: number; length: number}>

/** What stands behind a word that may be its length. */
function findTexts(input: Buffer): readonly Place[] {
  const found: Place[] = []
  // Selectors are 4 bytes, so that lengths stand at any multiple of that.
  for (let at = 0, zeros = 0; at + 4 <= input.length; at += 4) {
    const number = input.readUInt32BE(at)
    if (number !== 0 && zeros >= 7 && number <= input.length - at - 4) found.push({start: at + 4, length: number})
    zeros = number === 0 ? zeros + 1 : 0
  }
  return found.sort((a, b) => a.length - b.length || a.start - b.start)
}

function decodeBytes(data: Hex): Hex | null {
  try {
    return (AbiCoder.defaultAbiCoder().decode(['bytes'], data) as unknown as [Hex])[0]
  } catch {
    return null
  }
}
