import {expect, test} from 'vitest'
import {formatAsRecord, formatForTerminal} from './formatLine'

const record = {level: 'info', time: '2026-01-02T03:04:05.678Z', name: 'processor', chain: 'eip155:1', msg: 'block 7', perSecond: 12}

test('a record becomes time, who and what', () => {
  expect(formatForTerminal('processor eip155:1', JSON.stringify(record))).toBe('03:04:05 processor eip155:1 | block 7 perSecond=12')
})

test('levels beside info are shown, of pino and of Subsquid', () => {
  expect(formatForTerminal('api', JSON.stringify({...record, level: 'warn', perSecond: undefined}))).toBe('03:04:05 api | warn: block 7')
  expect(formatForTerminal('api', '{"level":4,"time":1767323045678,"ns":"sqd","msg":"lost"}')).toBe('03:04:05 api | error: lost')
})

test('an error brings its stack', () => {
  const line = JSON.stringify({level: 'fatal', time: record.time, msg: 'it broke', err: {stack: 'Error: it broke\n    at x'}})
  expect(formatForTerminal('api', line)).toBe('03:04:05 api | fatal: it broke\n    Error: it broke\n        at x')
})

test('what is no record passes for people and is wrapped for machines', () => {
  expect(formatForTerminal('api', 'Segmentation fault')).toBe('api | Segmentation fault')
  expect(formatForTerminal('api', '{not json')).toBe('api | {not json')
  expect(JSON.parse(formatAsRecord('api', 'Segmentation fault', 'stderr'))).toMatchObject({
    level: 'warn',
    name: 'api',
    msg: 'Segmentation fault',
  })
  expect(formatAsRecord('api', JSON.stringify(record), 'stdout')).toBe(JSON.stringify(record))
})
