import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {resolve} from 'node:path'
import ts from 'typescript'
import {describe, expect, test} from 'vitest'
import {sourceFiles} from './sourceFiles'

const ROOT = resolve(__dirname, '../..')
type Rule = Readonly<{name: string; from: Readonly<{path: string}>}>
const {forbidden} = createRequire(__filename)(`${ROOT}/.dependency-cruiser.cjs`) as {forbidden: readonly Rule[]}
/** The import law says which files are pure; here is what imports cannot show. */
const PURE = new RegExp(forbidden.find(({name}) => name === 'pure-files-do-nothing')?.from.path ?? 'the law has lost its rule')

const GLOBALS = new Set([
  'process',
  'fetch',
  'performance',
  'crypto',
  'console',
  'globalThis',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
])
const MEMBERS = new Set(['Date.now', 'Math.random'])
const LOCALE = new Set(['toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase', 'localeCompare'])

/** What makes the outcome depend on more than the arguments. */
function impuritiesOf(name: string, text: string): readonly string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const why = impurityOf(node)
    if (why) found.push(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${why}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function impurityOf(node: ts.Node): string | null {
  if (ts.isIdentifier(node) && GLOBALS.has(node.text) && isReference(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) {
    if (MEMBERS.has(node.getText())) return node.getText()
    if (LOCALE.has(node.name.text)) return `${node.name.text}: depends on the machine's language`
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) return moduleStateOf(node)
  return null
}

/** A name that is used, not a property, a key or a declaration that happens to be called so. */
const isReference = (node: ts.Identifier): boolean => {
  const {parent} = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return !(
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent)
  )
}

/** `let` at the top, or a collection that its type lets anyone change. */
function moduleStateOf(statement: ts.VariableStatement): string | null {
  if (!(statement.declarationList.flags & ts.NodeFlags.Const)) return 'a variable of the module'
  const mutable = statement.declarationList.declarations.find(
    ({initializer, type}) =>
      initializer &&
      ts.isNewExpression(initializer) &&
      (initializer.arguments?.length ?? 0) === 0 &&
      !type?.getText().startsWith('Readonly') &&
      /^(Map|Set|WeakMap|WeakSet|Array)$/.test(initializer.expression.getText()),
  )
  return mutable ? `${mutable.name.getText()}: a memory of the module` : null
}

describe('[INV-1] where rows are decided, nothing but the arguments counts', () => {
  const pure = sourceFiles(ROOT, 'src').filter((file) => PURE.test(file) && !file.endsWith('.test.ts'))

  test('there are pure files', () => expect(pure.length).toBeGreaterThan(40))

  test('no clock, randomness, environment, language or memory', () => {
    expect(pure.flatMap((file) => impuritiesOf(file, readFileSync(`${ROOT}/${file}`, 'utf8')))).toEqual([])
  })

  test.each([
    ['export const now = () => Date.now()'],
    ['export const at = () => new Date()'],
    ['export const dice = () => Math.random()'],
    ['export const home = () => process.env'],
    ['let count = 0'],
    ['const seen = new Map<string, number>()'],
    ['export const tell = (n: number) => n.toLocaleString()'],
    ['export const later = (f: () => void) => setTimeout(f, 1)'],
  ])('%s would be reported', (text) => expect(impuritiesOf('x.ts', text)).toHaveLength(1))

  test.each([
    ['export const at = (seconds: number) => new Date(seconds * 1000)'],
    ['const NAMES: ReadonlyMap<string, string> = new Map([["a", "b"]])'],
    ['export const f = () => { const seen = new Set<string>(); return seen }'],
    ['export const g = (x: {process: string}) => x.process'],
  ])('%s would not', (text) => expect(impuritiesOf('x.ts', text)).toEqual([]))
})
