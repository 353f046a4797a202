import {describe, expect, it} from 'vitest'
import {parseHash32} from './hex'
import {MAX_TEXT_BYTES, readLabel, readText, shorten} from './text'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('text that strangers write into logs [INV-8]', () => {
  it.each([
    ['plain text', new TextEncoder().encode('ipfs://ü/日本/🎨'), 'ipfs://ü/日本/🎨'],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), '\uFEFFa'],
    ['nothing', bytes(), ''],
    ['a NUL byte', bytes(0x61, 0, 0x62), 'a\uFFFDb'],
    ['a byte that is not UTF-8', bytes(0x61, 0xff, 0x62), 'a\uFFFDb'],
    ['an encoded surrogate', bytes(0xed, 0xa0, 0x80), '\uFFFD\uFFFD\uFFFD'],
    ['a character cut off', bytes(0x61, 0xf0, 0x9f), 'a\uFFFD'],
  ])('%s is read so that a database can hold it', (_, input, text) => {
    expect(readText(input)).toBe(text)
  })

  it('is refused above its limit, not cut', () => {
    expect(readText(new Uint8Array(MAX_TEXT_BYTES).fill(0x61))).toHaveLength(MAX_TEXT_BYTES)
    expect(() => readText(new Uint8Array(MAX_TEXT_BYTES + 1))).toThrow(expect.objectContaining({reason: 'too_large'}))
  })
})

describe('a bytes32 label', () => {
  const label = (hex: string) => readLabel(parseHash32(`0x${hex.padEnd(64, '0')}`))

  it('is its text, all its bytes as hex when it is none, or null', () => {
    expect(label(Buffer.from('breach').toString('hex'))).toBe('breach')
    expect(label(Buffer.from('x'.repeat(32)).toString('hex'))).toBe('x'.repeat(32))
    expect(label('')).toBeNull()
    expect(label('ff01')).toBe(`0xff01${'0'.repeat(60)}`)
    expect(label('610062')).toBe(`0x610062${'0'.repeat(58)}`)
  })
})

it('shortens to one line of a bounded length', () => {
  expect(shorten('a\nb\0c', 300)).toBe('a b c')
  expect(shorten('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(9)}…`)
})
