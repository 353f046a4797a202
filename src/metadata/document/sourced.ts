import {isJsonObject, type JsonValue} from './json'

/** A value with the JSON pointer (RFC 6901) that it was read from. */
export type Sourced<T> = Readonly<{value: T; pointer: string}>

/** What was left out of the normalised view, or is dangerous to show, and where it stands. */
export type Problem = Readonly<{
  pointer: string
  reason: 'not_an_object' | 'too_large' | 'too_many' | 'unsafe_scheme' | 'svg_script' | 'svg_foreign_content' | 'svg_entities'
}>

export const MAX_TEXT = 65_536
/** Images are often in the document. */
export const MAX_URI = 1_048_576

export const joinPointer = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** A text, or a number as one; null for anything else and for blanks. */
export function readText({value, pointer}: Sourced<JsonValue>): Sourced<string> | null {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return text === '' ? null : {value: text, pointer}
}

/** A text, or the first of an object's members that holds one. */
export function readTextOr(source: Sourced<JsonValue>, members: readonly string[]): Sourced<string> | null {
  const text = readText(source)
  if (text || !isJsonObject(source.value)) return text
  for (const member of members) {
    const inner = source.value[member]
    const found = inner === undefined ? null : readText({value: inner, pointer: joinPointer(source.pointer, member)})
    if (found) return found
  }
  return null
}
