import {type Document, isCollection, LineCounter, type Node, parseDocument, visit, type YAMLError} from 'yaml'
import type {ConfigProblem} from './configError'

/** A file that holds secrets: of a text that is no YAML only the place is told. `value` is nothing where there are problems. */
export function parseYaml(text: string): Readonly<{value: unknown; problems: readonly ConfigProblem[]}> {
  const lines = new LineCounter()
  // Its pretty messages, and its warnings, quote the text.
  const document = parseDocument(text, {prettyErrors: false, logLevel: 'error', lineCounter: lines})
  const problems = document.errors.map((error) => problemAt(lines, error.pos[0], describe(error)))
  if (problems.length > 0) return {value: undefined, problems}
  const misused = misusedNodes(document).map(({node, what}) => problemAt(lines, node.range?.[0] ?? 0, what))
  if (misused.length > 0) return {value: undefined, problems: misused}
  try {
    return {value: document.toJS({maxAliasCount: MAX_COPIES}), problems: []}
  } catch {
    return {value: undefined, problems: [{path: '', message: `aliases that come to more than ${MAX_COPIES} copies of what they stand for`}]}
  }
}

const MAX_COPIES = 100

type Misuse = Readonly<{node: Node; what: string}>

/** What is YAML, and yet no value: a list or mapping as a key, and aliases that lead nowhere or round in a circle. */
function misusedNodes(document: Document): readonly Misuse[] {
  const found: Misuse[] = []
  const anchors = new Map<string, Node>()
  visit(document, {
    Pair: (_, {key}) => {
      if (isCollection(key)) found.push({node: key, what: 'a list or mapping in the place of a key'})
    },
    Value: (_, node) => {
      if (node.anchor) anchors.set(node.anchor, node)
    },
    Alias: (_, node, above) => {
      const anchor = anchors.get(node.source)
      if (!anchor) found.push({node, what: 'an alias of no anchor before it; a text that begins with * stands in quotes'})
      else if (above.includes(anchor)) found.push({node, what: 'an alias of what holds it itself'})
    },
  })
  return found
}

function problemAt(lines: LineCounter, offset: number, what: string): ConfigProblem {
  const {line, col} = lines.linePos(offset)
  return {path: '', message: `line ${line}, column ${col}: ${what}`}
}

/** What follows a colon is the text itself. */
function describe({code, message}: YAMLError): string {
  if (code === 'TAG_RESOLVE_FAILED' || code === 'BAD_DIRECTIVE') return 'a tag or directive that cannot be read'
  return message.replace(/(?<=\S): [\s\S]*$/, '')
}
