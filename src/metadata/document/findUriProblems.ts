import {parseDataUri} from '../fetch/dataUri'
import type {Problem} from './sourced'

const UNSAFE_SCHEME = /^[\s\u0000-\u001f]*(javascript|vbscript|file|blob|about|data:text\/html)/i
const SVG: readonly (readonly [Problem['reason'], RegExp])[] = [
  ['svg_script', /<\s{0,9}script|[\s"'/]on[a-z]{3,30}\s{0,9}=|javascript:/i],
  ['svg_foreign_content', /<\s{0,9}(foreignobject|iframe|embed|object)\b/i],
  ['svg_entities', /<!(entity|doctype[^>]{0,999}\[)/i],
]

/** What makes an address dangerous to follow, or an image in the document dangerous to show as part of a page. */
export function findUriProblems(uri: string): readonly Problem['reason'][] {
  if (UNSAFE_SCHEME.test(uri)) return ['unsafe_scheme']
  const svg = readSvg(uri)
  return svg === null ? [] : SVG.flatMap(([reason, pattern]) => (pattern.test(svg) ? [reason] : []))
}

function readSvg(uri: string): string | null {
  if (/^\s*<(svg|[?]xml)/i.test(uri)) return uri
  if (!/^data:image\/svg/i.test(uri)) return null
  try {
    return Buffer.from(parseDataUri(uri).bytes).toString('utf8')
  } catch {
    return null
  }
}
