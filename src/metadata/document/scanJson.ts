import type {DocumentNote} from './documentNote'

type Limits = Readonly<{maxDepth: number; maxValues: number}>
export type ScannedJson =
  | Readonly<{ok: true; text: string; notes: readonly DocumentNote[]}>
  | Readonly<{ok: false; reason: 'too_deep' | 'too_many_values' | 'empty'; detail: string}>

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const OPEN = new Set([91, 123])
const CLOSE = new Set([93, 125])
const INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y
const NUMBER = /[-+.eE0-9]+/y
/** Below so many characters every integer is exact as a double. */
const EXACT = 15

/**
 * One pass before JSON.parse, which has no limits: counts depth and values, turns integers that a double cannot hold into text (a seed or a
 * token id is not a measurement), and escapes the control characters that contracts leave in their strings. Judges no grammar: that is
 * JSON.parse's.
 */
export function scanJson(text: string, {maxDepth, maxValues}: Limits): ScannedJson {
  const notes = new Set<DocumentNote>()
  const parts: string[] = []
  let copied = 0
  let depth = 0
  let values = 1
  let inString = false
  const replace = (from: number, to: number, by: string, note: DocumentNote) => {
    parts.push(text.slice(copied, from), by)
    copied = to
    notes.add(note)
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === BACKSLASH) i += 1
      else if (code === QUOTE) inString = false
      else if (code < 32) replace(i, i + 1, `\\u${code.toString(16).padStart(4, '0')}`, 'control_characters')
    } else if (code === QUOTE) inString = true
    else if (OPEN.has(code)) {
      values += 1
      if (++depth > maxDepth) return {ok: false, reason: 'too_deep', detail: `deeper than ${maxDepth}`}
    } else if (CLOSE.has(code)) depth -= 1
    else if (code === COMMA) values += 1
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = numberEnd(text, i)
      if (isInexact(text, i, end)) replace(i, end, `"${text.slice(i, end)}"`, 'large_numbers_as_text')
      i = end - 1
    }
    if (values > maxValues) return {ok: false, reason: 'too_many_values', detail: `more than ${maxValues} values`}
  }
  if (text.trim() === '') return {ok: false, reason: 'empty', detail: 'nothing but white space'}
  return {ok: true, text: parts.length === 0 ? text : [...parts, text.slice(copied)].join(''), notes: [...notes]}
}

function numberEnd(text: string, start: number): number {
  NUMBER.lastIndex = start
  return NUMBER.test(text) ? NUMBER.lastIndex : start + 1
}

function isInexact(text: string, start: number, end: number): boolean {
  if (end - start <= EXACT) return false
  INTEGER.lastIndex = start
  return INTEGER.test(text) && INTEGER.lastIndex === end && !Number.isSafeInteger(Number(text.slice(start, end)))
}
