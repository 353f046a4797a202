import {expect, test} from 'vitest'
import {formatKeyText, generateKeyText, hashSecret, isSecretOf, parseKeyText} from './apiKey'

test('a key reads back from its text, and only its own secret fits its hash', () => {
  const key = generateKeyText()
  expect(parseKeyText(formatKeyText(key))).toEqual(key)
  expect(isSecretOf(hashSecret(key.secret), key.secret)).toBe(true)
  expect(isSecretOf(hashSecret(key.secret), generateKeyText().secret)).toBe(false)
  expect(hashSecret(key.secret).toString('base64url')).not.toContain(key.secret)
})

test.each(['', 'pik_', `pik_${'0'.repeat(16)}_`, `pik_${'g'.repeat(16)}_${'a'.repeat(43)}`, `xpik_${'0'.repeat(16)}_${'a'.repeat(43)}`])(
  '%j is no key',
  (text) => expect(parseKeyText(text)).toBeNull(),
)
