import type {Src} from '@subsquid/evm-codec'
import {DecodeError} from './standard'
import {readText} from './text'

const WORD = 64
const HEX = /^0x[0-9a-f]*$/
const ZEROS = '0'.repeat(WORD)

/** Words that may still be read. Honest data is read once; nested offsets that all point at one tail would otherwise multiply it. */
type Budget = {words: number}

/**
 * What the generated codecs read from, in place of the lenient source that they bring: that one drops dirty upper bytes, returns short values
 * at the end of the data, follows offsets modulo 2^32 and allocates whatever an array length says. Here every such log is a DecodeError, and
 * the work is at most proportional to the data. Not a subclass of `Src`, whose constructor makes a view of bytes that nobody reads: one for
 * each topic and each data of a chain.
 */
class StrictSource implements Pick<Src, keyof Src> {
  /** Hex digits without prefix. */
  readonly #hex: string
  readonly #budget: Budget
  /** Positions in hex digits. */
  #at = 0
  #back = 0

  constructor(hex: string, budget: Budget) {
    this.#hex = hex
    this.#budget = budget
  }

  #word(): string {
    const end = this.#at + WORD
    if (end > this.#hex.length) throw new DecodeError('malformed', 'the data ends inside a value')
    this.#spend(1)
    const word = this.#hex.slice(this.#at, end)
    this.#at = end
    return word
  }

  #spend(words: number): void {
    this.#budget.words -= words
    if (this.#budget.words < 0) throw new DecodeError('malformed', 'offsets read the same bytes over and over')
  }

  /** The low `digits` of a word whose others are zero. */
  #low(digits: number): string {
    const word = this.#word()
    if (!word.startsWith(ZEROS.slice(digits))) throw new DecodeError('out_of_range', `a value does not fit its ${digits * 4} bits`)
    return word.slice(WORD - digits)
  }

  #signed(bits: number): bigint {
    const value = BigInt.asIntN(256, BigInt(`0x${this.#word()}`))
    if (BigInt.asIntN(bits, value) !== value) throw new DecodeError('out_of_range', `a value does not fit its ${bits} bits`)
    return value
  }

  slice(start: number, end?: number): Src {
    return asSrc(new StrictSource(this.#hex.slice(start * 2, end === undefined ? undefined : end * 2), this.#budget))
  }

  u8(): number {
    return Number.parseInt(this.#low(2), 16)
  }
  u16(): number {
    return Number.parseInt(this.#low(4), 16)
  }
  u32(): number {
    return Number.parseInt(this.#low(8), 16)
  }
  u64(): bigint {
    return BigInt(`0x${this.#low(16)}`)
  }
  u128(): bigint {
    return BigInt(`0x${this.#low(32)}`)
  }
  u256(): bigint {
    return BigInt(`0x${this.#word()}`)
  }
  i8(): number {
    return Number(this.#signed(8))
  }
  i16(): number {
    return Number(this.#signed(16))
  }
  i32(): number {
    return Number(this.#signed(32))
  }
  i64(): bigint {
    return this.#signed(64)
  }
  i128(): bigint {
    return this.#signed(128)
  }
  i256(): bigint {
    return this.#signed(256)
  }
  address(): string {
    return `0x${this.#low(40)}`
  }

  bool(): boolean {
    const value = this.u8()
    if (value > 1) throw new DecodeError('out_of_range', `${value} is not a bool`)
    return value === 1
  }

  staticBytes(length: number): Uint8Array {
    const word = this.#word()
    if (!word.endsWith(ZEROS.slice(length * 2))) throw new DecodeError('out_of_range', `a value does not fit its ${length} bytes`)
    return Buffer.from(word.slice(0, length * 2), 'hex')
  }

  /** Padding behind the last byte is not asked for: old compilers left it out. */
  bytes(): Uint8Array {
    this.safeJump(this.u32(), 'bytes')
    const digits = this.u32() * 2
    if (digits > this.#hex.length - this.#at) throw new DecodeError('malformed', 'bytes are longer than the data')
    this.#spend(Math.ceil(digits / WORD))
    const value = Buffer.from(this.#hex.slice(this.#at, this.#at + digits), 'hex')
    this.jumpBack()
    return value
  }

  string(): string {
    return readText(this.bytes())
  }

  /** Also looks at the length that an array starts with, because its codec allocates before it reads. An element takes at least a word. */
  safeJump(offset: number, typeName: string): void {
    this.#back = this.#at
    this.#at = offset * 2
    if (this.#at >= this.#hex.length) throw new DecodeError('malformed', `an offset points behind the data`)
    if (typeName !== 'array') return
    const length = this.u32()
    if (length * WORD > this.#hex.length - this.#at) throw new DecodeError('malformed', 'an array is longer than the data')
    this.#at -= WORD
  }

  jumpBack(): void {
    this.#at = this.#back
  }
}

/** It has every method of `Src`; what it lacks are fields that only those methods know. */
const asSrc = (source: StrictSource): Src => source as unknown as Src

/** @throws DecodeError `malformed` when `bytes` is not 0x and whole lower-case hex bytes */
export function openBytes(bytes: string): Src {
  if (bytes.length % 2 !== 0 || !HEX.test(bytes)) throw new DecodeError('malformed', 'not whole lower-case hex bytes')
  return asSrc(new StrictSource(bytes.slice(2), {words: bytes.length / 32 + 16}))
}

/** @throws DecodeError `malformed` when `topic` is missing or not 32 bytes */
export function openTopic(topic: string | undefined): Src {
  if (topic?.length !== 66) throw new DecodeError('malformed', 'a topic is not 32 bytes')
  return openBytes(topic)
}
