/**
 * JSON of a node's answer, of which only some members are wanted: the rest is passed over without becoming text or objects, which is most
 * of what an answer costs. The grammar is checked all the same. What is unusual (escapes, text beyond ASCII, fractions, deep nesting) or
 * no JSON is not decided here: who asks parses it whole.
 */

/** Names of the members that are wanted, of objects at any depth, ready to be looked for. */
export type Keep = readonly (readonly Name[])[]
type Name = Readonly<{text: string; bytes: Uint8Array}>

/** By length. */
export function keepOf(names: readonly string[]): Keep {
  const byLength = Array.from({length: MAX_NAME + 1}, (): Name[] => [])
  for (const text of new Set(names)) byLength[text.length]?.push({text, bytes: Buffer.from(text)})
  return byLength
}

/** Text that is not plain: the whole has to be parsed. */
export const NOT_PLAIN = Symbol('not plain')

/** What JSON.parse makes of it, without the members that nobody wants; or NOT_PLAIN. */
export function pickJson(bytes: Buffer, keep: Keep): unknown {
  try {
    return new Picker(bytes, keep).readAll()
  } catch (error) {
    if (error === UNUSUAL) return NOT_PLAIN
    throw error
  }
}

const UNUSUAL = new Error('not plain')
const [QUOTE, COMMA, COLON, ZERO, NINE] = [0x22, 0x2c, 0x3a, 0x30, 0x39]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
const LITERALS = new Map([...'tfn'].map((letter, i) => [letter.charCodeAt(0), [true, false, null][i] as boolean | null]))
const MAX_DEPTH = 32
const MAX_NAME = 32
/** So that every whole number is exact. */
const MAX_DIGITS = 15

/** Bytes that stand for themselves within quotes. */
const ITSELF = new Uint8Array(256).fill(1, 0x20, 0x80)
ITSELF[QUOTE] = 0
ITSELF['\\'.charCodeAt(0)] = 0

class Picker {
  private at = 0

  constructor(
    private readonly bytes: Buffer,
    private readonly keep: Keep,
  ) {}

  readAll(): unknown {
    this.at = this.skipSpace(0)
    const value = this.read(0, true)
    // To look behind the end makes every look slower from then on.
    if (this.at < this.bytes.length && this.skipSpace(this.at) < this.bytes.length) throw UNUSUAL
    return value
  }

  private read(depth: number, isWanted: boolean): unknown {
    switch (this.bytes[this.at]) {
      case QUOTE: {
        const start = this.at + 1
        const end = this.endOfText(start)
        this.at = end + 1
        return isWanted ? this.bytes.toString('latin1', start, end) : undefined
      }
      case OPEN_OBJECT:
        return this.readObject(depth + 1, isWanted)
      case OPEN_LIST:
        return this.readList(depth + 1, isWanted)
      default:
        return this.readWord()
    }
  }

  private readObject(depth: number, isWanted: boolean): Readonly<Record<string, unknown>> | undefined {
    const {bytes} = this
    const object: Record<string, unknown> | undefined = isWanted ? {} : undefined
    if (depth > MAX_DEPTH) throw UNUSUAL
    let at = this.skipSpace(this.at + 1)
    for (let isFirst = true; bytes[at] !== CLOSE_OBJECT; isFirst = false) {
      if (!isFirst) at = this.skipSpace(this.expect(COMMA, at))
      const start = this.expect(QUOTE, at)
      const end = this.endOfText(start)
      const name = isWanted ? this.findName(start, end) : null
      this.at = this.skipSpace(this.expect(COLON, this.skipSpace(end + 1)))
      const value = this.read(depth, name !== null)
      if (object && name !== null) object[name] = value
      at = this.skipSpace(this.at)
    }
    this.at = at + 1
    return object
  }

  private readList(depth: number, isWanted: boolean): readonly unknown[] | undefined {
    const {bytes} = this
    const list: unknown[] | undefined = isWanted ? [] : undefined
    if (depth > MAX_DEPTH) throw UNUSUAL
    let at = this.skipSpace(this.at + 1)
    for (let isFirst = true; bytes[at] !== CLOSE_LIST; isFirst = false) {
      this.at = isFirst ? at : this.skipSpace(this.expect(COMMA, at))
      const value = this.read(depth, isWanted)
      if (list) list.push(value)
      at = this.skipSpace(this.at)
    }
    this.at = at + 1
    return list
  }

  /** A whole number, or true, false or null. */
  private readWord(): number | boolean | null {
    const {bytes} = this
    const start = this.at
    let at = start
    let value = 0
    for (let digit = bytes[at] as number; digit >= ZERO && digit <= NINE; digit = bytes[++at] as number) value = value * 10 + digit - ZERO
    if (at > start) {
      if (at - start > MAX_DIGITS || (bytes[start] === ZERO && at - start > 1)) throw UNUSUAL
      this.at = at
      return value
    }
    const literal = LITERALS.get(bytes[start] as number)
    if (literal === undefined) throw UNUSUAL
    for (const letter of String(literal)) at = this.expect(letter.charCodeAt(0), at)
    this.at = at
    return literal
  }

  private findName(start: number, end: number): string | null {
    if (end - start > MAX_NAME) return null
    for (const {text, bytes} of this.keep[end - start] as readonly Name[]) if (this.isAt(start, bytes)) return text
    return null
  }

  private isAt(start: number, wanted: Uint8Array): boolean {
    const {bytes} = this
    for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
    return true
  }

  /** Where the quote is that ends it. */
  private endOfText(start: number): number {
    const {bytes} = this
    let at = start
    while (ITSELF[bytes[at] as number] === 1) at++
    if (bytes[at] !== QUOTE) throw UNUSUAL
    return at
  }

  private expect(byte: number, at: number): number {
    if (this.bytes[at] !== byte) throw UNUSUAL
    return at + 1
  }

  private skipSpace(start: number): number {
    const {bytes} = this
    let at = start
    for (let byte = bytes[at] as number; byte === 0x20 || (byte >= 0x09 && byte <= 0x0d && byte !== 0x0b && byte !== 0x0c); )
      byte = bytes[++at] as number
    return at
  }
}
