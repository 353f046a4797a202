import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {TABLES} from './rows'

const ROOT = join(__dirname, '../..')
const page = readFileSync(join(ROOT, 'docs/invariants.md'), 'utf8')
const sections = page.split(/^## /m).slice(1)
const promises = sections.filter((section) => section.startsWith('INV-'))

describe('docs/invariants.md', () => {
  test('has the ten promises in order', () => {
    expect(promises.map((section) => section.split(' ')[0])).toEqual(Array.from({length: 10}, (_, i) => `INV-${i + 1}`))
  })

  test.each(promises.map((section) => [section.split(' ')[0] as string, section]))(
    '%s: each test that it calls on exists and names it',
    (id, section) => {
      const checked = /^Checked by: (.*)$/m.exec(section)?.[1]
      if (!checked) return expect(section).toMatch(/^Not checked yet\.$/m)
      const files = [...checked.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)
      expect(files.length).toBeGreaterThan(0)
      const silent = files.filter(
        (file) => !existsSync(join(ROOT, file)) || !new RegExp(`\\b${id}\\b`).test(readFileSync(join(ROOT, file), 'utf8')),
      )
      expect(silent).toEqual([])
    },
  )

  test('lists every table of the stored model once', () => {
    const listed = [...page.matchAll(/^\| ([A-Z]\w+) \| (?:fact|state) \|/gm)].map((match) => match[1])
    expect(listed.sort()).toEqual(Object.keys(TABLES).sort())
  })
})
