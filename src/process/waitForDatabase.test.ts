import {describe, expect, test} from 'vitest'
import {isDatabaseAway} from './waitForDatabase'

const coded = (code: string) => Object.assign(new Error(code), {code})

describe('a database is waited for when it is away, and not when another try is of no use', () => {
  test.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', '57P01', '57P03', '53300', '08006'])(
    '%s: away',
    (code) => {
      expect(isDatabaseAway(coded(code))).toBe(true)
    },
  )

  test.each(['28P01', '28000', '3D000', '42501', 'ERR_INVALID_URL'])('%s: for the operator to mend', (code) => {
    expect(isDatabaseAway(coded(code))).toBe(false)
  })

  test('a connection that was cut off or timed out has words only', () => {
    expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true)
    expect(isDatabaseAway(new Error('timeout expired'))).toBe(true)
    expect(isDatabaseAway(new Error('SASL: the server answered something else'))).toBe(false)
  })

  test('a host of several addresses is away when every one of them is', () => {
    expect(isDatabaseAway(new AggregateError([coded('ECONNREFUSED'), coded('ETIMEDOUT')]))).toBe(true)
    expect(isDatabaseAway(new AggregateError([coded('ECONNREFUSED'), coded('28P01')]))).toBe(false)
  })
})
