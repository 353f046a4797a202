import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import ts from 'typescript'
import {expect, test} from 'vitest'
import {sourceFiles} from './sourceFiles'

const ROOT = resolve(__dirname, '../..')
const GENERATED = /^src\/(abi|model)\/|^src\/domain\/rows[.]ts$|^src\/standards\/registry[.]ts$/
const MAX_LINES = 40

/**
 * Lines of each function's body without those of the functions inside it: a `createX` that returns what it closes over is as long as what it
 * does itself. (The linter can only count all of them.)
 */
function functionLengths(name: string, text: string): readonly (readonly [where: string, lines: number])[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const found: (readonly [string, number])[] = []
  /** Answers the lines that belong to functions at or below the node. */
  const visit = (node: ts.Node): number => {
    let inside = 0
    ts.forEachChild(node, (child) => {
      inside += visit(child)
    })
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return inside
    const body = node.body as ts.Node
    const lines = Math.max(1, lineOf(body.getEnd()) - lineOf(body.getStart()) - 1)
    found.push([`${name}:${lineOf(node.getStart()) + 1}`, lines - inside])
    return lines
  }
  visit(source)
  return found
}

test(`a function has at most ${MAX_LINES} lines of its own`, () => {
  const files = sourceFiles(ROOT, 'src').filter((file) => /[.]ts$/.test(file) && !/[.]test[.]ts$/.test(file) && !GENERATED.test(file))
  const tooLong = files
    .flatMap((file) => functionLengths(file, readFileSync(`${ROOT}/${file}`, 'utf8')))
    .filter(([, lines]) => lines > MAX_LINES)
  expect(tooLong).toEqual([])
})

test('lines are counted once, for the function that they stand in', () => {
  const text = `const create = () => {
  let n = 0
  const add = () => {
    n += 1
    n += 1
  }
  return {add, get: () => n}
}`
  expect(functionLengths('x.ts', text)).toEqual([
    ['x.ts:3', 2],
    ['x.ts:7', 1],
    ['x.ts:1', 3],
  ])
})
