import {Webhook} from 'standardwebhooks'
import {describe, expect, test} from 'vitest'
import {createSecretBox, generateSecret, signatureHeaders} from './webhookSecret'

describe('the secret of a webhook', () => {
  test('is stored so that only the same key reads it, and a changed byte is noticed', () => {
    const secret = generateSecret()
    const box = createSecretBox('key')
    const sealed = box.seal(secret)
    expect(box.open(sealed)).toBe(secret)
    expect(sealed.includes(secret.slice(6))).toBe(false)
    expect(() => createSecretBox('another').open(sealed)).toThrow()
    expect(() => createSecretBox(null).open(sealed)).toThrow('WEBHOOK_KEY')
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => box.open(sealed)).toThrow()
  })

  test('is as the Standard Webhooks specification wants it: a prefix and 24 to 64 bytes', () => {
    expect(generateSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })

  test('signs beside the one before it; each verifies alone, no other does', () => {
    const [first, second, other] = [generateSecret(), generateSecret(), generateSecret()]
    const headers = signatureHeaders({id: 'msg_1', body: '{"a":1}', at: new Date()}, [first, second])
    for (const secret of [first, second]) expect(new Webhook(secret).verify('{"a":1}', headers)).toEqual({a: 1})
    expect(() => new Webhook(other).verify('{"a":1}', headers)).toThrow()
  })
})
