import {expect, test} from 'vitest'
import {redactText, redactUrl} from './redact'

test('a URL keeps scheme and host, and loses user, path and query', () => {
  expect(redactUrl('https://user:pass@node.example:8545/v2/KEY?apikey=K2')).toBe('https://node.example:8545/…')
  expect(redactUrl('what is this')).toBe('(not a URL)')
})

test('URLs inside a message lose their keys, the rest stays', () => {
  expect(redactText('request to wss://n.example/KEY failed, see (postgres://me:pw@db:5432/x)')).toBe(
    'request to wss://n.example/… failed, see (postgres://db:5432/…)',
  )
})
