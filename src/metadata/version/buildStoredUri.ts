import {createHash} from 'node:crypto'
import {toStoredText} from './storedText'

const LONGEST = 2_048
const HEAD = 256

/** URIs may be documents themselves: long ones are kept by their beginning, and all of them by their hash. */
export function buildStoredUri(uri: string): Readonly<{uri: string; hash: Buffer}> {
  const text = toStoredText(uri)
  return {
    uri: text.length <= LONGEST ? text : `${toStoredText(text.slice(0, HEAD))}… (${text.length} characters)`,
    hash: createHash('sha256').update(text, 'utf8').digest(),
  }
}
