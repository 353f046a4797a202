import {types} from 'pg'
import {describe, expect, it} from 'vitest'
import {parseTimestamp} from './rowTypes'

const parseByPg = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text') as (text: string) => unknown

describe('reading times', () => {
  it('comes to what pg makes of them, whole seconds or not', () => {
    const texts = [
      '2026-01-31 12:00:00+00',
      '1999-12-31 23:59:59+00',
      '2000-02-29 00:00:00+00',
      '2026-01-31 12:00:00.123456+00',
      '2026-01-31 12:00:00+02',
      '2026-01-31 12:00:00+05:30',
      '0044-03-15 12:00:00+00',
      '0044-03-15 12:00:00+00 BC',
      'infinity',
      '-infinity',
      '12026-01-31 12:00:0+00',
    ]
    for (const text of texts) expect([text, parseTimestamp(text)]).toEqual([text, parseByPg(text)])
  })
})
