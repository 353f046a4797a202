import {AbiCoder} from 'ethers/abi'
import {keccak256} from 'ethers/crypto'
import {id} from 'ethers/hash'
import type {Prompt} from '../../domain/event'
import {type Address, formatWord, type Hash32, type Hex} from '../../domain/hex'
import {type Answer, NOT_ASKED, type Question} from '../../domain/question'
import {MAX_TEXT_BYTES, readText} from '../../domain/text'

/** prompt(uint256), of the optional Enumerable extension. */
const PROMPT = id('prompt(uint256)').slice(0, 10)
/** What is hashed in search of a prompt, in bytes and tries: an input of nothing but lengths costs no more. */
const MAX_HASHED = 256 * 1024
const MAX_TRIES = 64
const ZEROS = '0'.repeat(56)

/** The log has the prompt's hash only. The transaction that generated it was most often called with it, and some contracts tell it. */
export const promptQuestions = (contract: Address, tokenId: bigint): readonly Question[] => [
  {kind: 'input'},
  {kind: 'call', to: contract, data: `${PROMPT}${formatWord(tokenId)}` as Hex, at: 'block'},
]

/** Whoever told it: a text whose keccak256 is the logged hash is the prompt. */
export function findPrompt(hash: Hash32, [input = NOT_ASKED, call = NOT_ASKED]: readonly Answer[]): Prompt {
  const inInput = input.ok ? findPreimage(input.data, hash) : null
  if (inInput !== null) return toPrompt(inInput, 'input')
  const told = call.ok ? decodeBytes(call.data) : null
  if (told !== null && keccak256(told) === hash) return toPrompt(told, 'call')
  // What kept it from being known at all weighs more than that one place did not have it.
  const reason = !input.ok && input.reason !== 'empty' ? input.reason : call.ok ? 'another_prompt' : call.reason
  return {text: null, source: `unknown: ${reason}`}
}

export function toPrompt(bytes: Hex, source: 'log' | 'input' | 'call'): Prompt {
  const content = Buffer.from(bytes.slice(2), 'hex')
  return content.length > MAX_TEXT_BYTES ? {text: null, source: 'unknown: too_large'} : {text: readText(content), source}
}

/** Bytes that stand in ABI-encoded data behind their length, in a call within a call too, and have this hash. */
function findPreimage(data: Hex, hash: Hash32): Hex | null {
  if (hash === keccak256('0x')) return '0x'
  const digits = data.slice(2)
  let [hashed, tries] = [0, 0]
  // Selectors are 4 bytes, so that lengths stand at any multiple of that.
  for (let at = 0; at + 64 <= digits.length; at += 8) {
    if (!digits.startsWith(ZEROS, at)) continue
    const length = Number.parseInt(digits.slice(at + 56, at + 64), 16)
    if (length === 0 || length * 2 > digits.length - at - 64) continue
    hashed += length
    tries += 1
    if (hashed > MAX_HASHED || tries > MAX_TRIES) return null
    const found: Hex = `0x${digits.slice(at + 64, at + 64 + 2 * length)}`
    if (keccak256(found) === hash) return found
  }
  return null
}

function decodeBytes(data: Hex): Hex | null {
  try {
    return (AbiCoder.defaultAbiCoder().decode(['bytes'], data) as unknown as [Hex])[0]
  } catch {
    return null
  }
}
