import {pathToFileURL} from 'node:url'
import {describe, expect, test} from 'vitest'

type Report = Readonly<{testResults: readonly Readonly<{status: string; assertionResults: readonly Readonly<{status: string}>[]}>[]}>
type Count = Readonly<{passed: number; failed: number; skipped: number}>
type Totals = Readonly<{
  countTests: (report: Report) => Count
  judge: (count: Count, exitCode: number) => Readonly<{line: string; isGood: boolean}>
}>

const load = async () => (await import(pathToFileURL(`${__dirname}/../../scripts/countTests.mjs`).href)) as Totals
const file = (status: string, ...tests: readonly string[]) => ({status, assertionResults: tests.map((status) => ({status}))})

describe('the totals at the end of npm test', () => {
  test('count tests, not files', async () => {
    const {countTests} = await load()
    expect(countTests({testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'skipped', 'todo')]})).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    })
  })

  test('a file that breaks before its first test is a failure', async () => {
    const {countTests} = await load()
    expect(countTests({testResults: [file('failed'), file('failed', 'passed')]})).toEqual({passed: 1, failed: 2, skipped: 0})
  })

  test.each([
    [{passed: 3, failed: 0, skipped: 0}, 0, '3 passed, 0 failed', true],
    [{passed: 3, failed: 1, skipped: 2}, 1, '3 passed, 1 failed, 2 skipped', false],
    [{passed: 3, failed: 0, skipped: 0}, 1, '3 passed, 1 failed', false],
    [{passed: 0, failed: 0, skipped: 0}, 0, '0 passed, 0 failed', false],
    [{passed: 0, failed: 0, skipped: 9}, 0, '0 passed, 0 failed, 9 skipped', false],
  ])('%j with exit code %i: %s', async (count, exitCode, line, isGood) => {
    const {judge} = await load()
    expect(judge(count, exitCode)).toMatchObject({line, isGood})
  })
})
