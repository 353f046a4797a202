import {LineCounter, parseDocument, type YAMLError} from 'yaml'
import type {ConfigProblem} from './configError'

/** A file that holds secrets: of a text that is no YAML only the place is told. `value` is nothing where there are problems. */
export function parseYaml(text: string): Readonly<{value: unknown; problems: readonly ConfigProblem[]}> {
  const lines = new LineCounter()
  // Its pretty messages, and its warnings, quote the text.
  const document = parseDocument(text, {prettyErrors: false, logLevel: 'error', lineCounter: lines})
  const problems = document.errors.map((error) => problemAt(lines, error.pos[0], describe(error)))
  if (problems.length > 0) return {value: undefined, problems}
  return {value: document.toJS({maxAliasCount: 100}), problems}
}

function problemAt(lines: LineCounter, offset: number, what: string): ConfigProblem {
  const {line, col} = lines.linePos(offset)
  return {path: '', message: `line ${line}, column ${col}: ${what}`}
}

/** What follows a colon is the text itself. */
function describe({code, message}: YAMLError): string {
  if (code === 'TAG_RESOLVE_FAILED' || code === 'BAD_DIRECTIVE') return 'a tag or directive that cannot be read'
  return message.replace(/(?<=\S): [^]*$/, '')
}
