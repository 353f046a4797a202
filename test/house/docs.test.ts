import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {buildSchema, parse, validate} from 'graphql'
import {describe, expect, test} from 'vitest'
import {z} from 'zod'
import {LIMITS} from '../../src/api/limits'
import {MAX_PAGE} from '../../src/api/list/pageArgs'
import {CONFIG_TEMPLATE} from '../../src/cli/configTemplate'
import {fileSchema} from '../../src/config/schema'
import {ChangeKind} from '../../src/domain/provenanceKind'
import {PROJECTIONS} from '../../src/projections'
import {STANDARDS} from '../../src/standards/registry'
import {sourceFiles} from './sourceFiles'

const ROOT = resolve(__dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const pages = sourceFiles(ROOT).filter((file) => file.endsWith('.md'))
const {scripts} = JSON.parse(read('package.json')) as {scripts: Readonly<Record<string, string>>}

const all = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .trim()
    .replaceAll(' ', '-')

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('its links lead somewhere', () => {
    const broken = all(text, /\]\(([^)\s]+)\)/g)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(ROOT, target))) return true
        return anchor !== undefined && !all(read(target), /^#+ (.+)$/gm).some((heading) => anchorOf(heading) === anchor)
      })
    expect(broken).toEqual([])
  })

  test('the scripts and files that it names exist', () => {
    const missingScripts = all(text, /npm run (?:-s )?([\w:-]+)/g).filter((name) => !scripts[name])
    // ERC-4907 is the guide's example of a standard that is not there yet.
    const files = all(text, /`((?:src|test|docs|scripts|abi|db)\/[\w./-]+)`/g).filter((file) => !file.includes('erc4907'))
    expect([...missingScripts, ...files.filter((file) => !existsSync(join(ROOT, file)))]).toEqual([])
  })
})

test('docs/standards.md: each of the 21 cases is in the name of a test in every file that it names', () => {
  const rows = [...read('docs/standards.md').matchAll(/^[|] (\d+) [|].*[|] (`.*`) [|]$/gm)].map(
    ([, n, files]) => [n, all(String(files), /`([^`]+)`/g)] as const,
  )
  expect(rows.map(([n]) => Number(n))).toEqual(Array.from({length: 21}, (_, i) => i + 1))
  expect(
    rows.flatMap(([n, files]) => files.filter((file) => !new RegExp(`['"]case ${n}: `).test(read(file))).map((file) => `${n} ${file}`)),
  ).toEqual([])
})

test('docs/standards.md: each folder of src/standards has its row, and says what its ABI was held against', () => {
  const rows = [...read('docs/standards.md').matchAll(/^[|] ((?:`[\w-]+`(?:, )?)+) [|].*[|] ([^|]+) [|]$/gm)].map(
    ([, folders, proof]) => [all(String(folders), /`([^`]+)`/g), String(proof)] as const,
  )
  expect(rows.flatMap(([folders]) => folders).sort()).toEqual(STANDARDS.map(({name}) => name).sort())
  expect(rows.filter(([, proof]) => !/\b(bytecode|blocks|text|package)\b/.test(proof))).toEqual([])
})

test.each(['docs/metadata.md', 'docs/api-promises.md'])('%s: each promise names tests that are there', (page) => {
  const rows = all(read(page), /^[|] (?!promise |-)(.*) [|]$/gm)
  const named = rows.map((row) =>
    [...row.matchAll(/`((?:src|test)[/][\w./]+)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({file, title})),
  )
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter((_, i) => named[i]?.length === 0)).toEqual([])
  expect(named.flat().filter(({file, title}) => !read(file).includes(title))).toEqual([])
})

test('docs/feed.md names every kind of entry', () => {
  const page = read('docs/feed.md')
  expect(Object.keys(ChangeKind).filter((kind) => !new RegExp(`\\b${kind}\\b`).test(page))).toEqual([])
})

describe('README.md', () => {
  const text = read('README.md')

  test('is one screen', () => expect(text.split('\n').length).toBeLessThanOrEqual(62))

  test('its queries, and those of every page, are valid for the API', () => {
    const schema = buildSchema(read('src/api/schema.graphql'))
    const problems = pages.flatMap((page) =>
      all(read(page), /```graphql\n([\s\S]*?)```/g).flatMap((query) =>
        validate(schema, parse(query)).map(({message}) => `${page}: ${message}`),
      ),
    )
    expect(problems).toEqual([])
  })

  test('shows a query and, right behind it, an answer of the same shape', () => {
    const [, query = '', answer = ''] = /```graphql\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/.exec(text) ?? []
    const root = /\{\s*(\w+)/.exec(query)?.[1] ?? ''
    expect(Object.keys(JSON.parse(answer).data)).toEqual([root])
  })
})

describe('docs/operations.md', () => {
  const text = read('docs/operations.md')
  const section = (title: string): string => text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
  /** What stands in the first cell of a table's rows. */
  const firstCells = (part: string): readonly string[] => all(part, /^\| (`.*?) \|/gm).flatMap((cell) => all(cell, /`([^`]+)`/g))

  test('its table of the environment is what the code reads', () => {
    const code = sourceFiles(ROOT, 'src').filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    const source = code.map(read).join('\n')
    const names = [...all(source, /\benv(?:ironment)?(?:[.]|\['|, ')([A-Z][A-Z0-9_]+)/g), ...all(source, /'(DATABASE_URL)'/g)]
    expect([...firstCells(section('Environment'))].sort()).toEqual([...new Set(names)].filter((name) => name !== 'PATH').sort())
  })

  test('its table of the configuration is what the schema knows', () => {
    const schema = z.toJSONSchema(fileSchema, {io: 'input', unrepresentable: 'any'}) as Node
    expect([...firstCells(section('Configuration'))].sort()).toEqual([...leavesOf(schema, '')].sort())
  })
})

test('docs/operations.md: its table of limits is what is enforced', () => {
  const section = read('docs/operations.md').split('## What a query may cost\n')[1]?.split('\n## ')[0] ?? ''
  const told = all(section, /\| (\d+)( KiB| s)? \|$/gm).map(Number)
  const {depth, tokens, aliases, complexity, bodyBytes} = LIMITS
  expect(told.slice(0, 6)).toEqual([depth, tokens, aliases, complexity, bodyBytes / 1024, MAX_PAGE])
})

type Node = Readonly<{properties?: Readonly<Record<string, Node>>; items?: Node; anyOf?: readonly Node[]}>

/** `a.b`, `list[].c`: every key that is no object or list of objects itself. */
function leavesOf(node: Node, path: string): readonly string[] {
  const alternatives = [node, ...(node.anyOf ?? [])]
  const list = alternatives.find(({items}) => items?.properties)
  const own = list && !node.properties ? leavesOf(list.items as Node, `${path}[]`) : []
  const keys = Object.entries(node.properties ?? {}).flatMap(([key, child]) => leavesOf(child, path ? `${path}.${key}` : key))
  const isMixed = list && list !== node
  return keys.length + own.length === 0 || isMixed ? [path, ...own] : [...keys, ...own]
}

test('docs/architecture.md: its table names what each projection owns', () => {
  const rows = read('docs/architecture.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const owned = PROJECTIONS.map(({name, owns}) => [name, [...owns].sort().join(', ')])
  const told = rows
    .filter(([, , name]) => PROJECTIONS.some((p) => p.name === name))
    .map(([, , name, tables = '']) => [name, tables.split(', ').sort().join(', ')])
  expect(told.sort()).toEqual(owned.sort())
})

test('docs/decisions/README.md lists every decision', () => {
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((file) => file !== 'README.md')
  expect([...all(read('docs/decisions/README.md'), /\]\((\S+\.md)\)/g)].sort()).toEqual(files.sort())
})

test('indexer.example.yaml is what `indexer init` writes', () => {
  expect(read('indexer.example.yaml')).toBe(CONFIG_TEMPLATE)
})
