import {expect, test} from 'vitest'
import {nameNodes, redactText, redactUrl} from './redact'

const URLS = [
  'https://user:hunter2hunter2@eth.example/v2/AbCdEf0123456789?apikey=zyxwvutsrq',
  'https://eth.example/v3/0123456789abcdef',
  'wss://other.example:8546/',
]

test('of a URL the scheme and host are shown', () => {
  expect(URLS.map(redactUrl)).toEqual(['https://eth.example', 'https://eth.example', 'wss://other.example:8546'])
  expect(redactUrl('not a url with a secret')).toBe('<not a URL>')
})

test('nodes of one host are told apart by their place', () => {
  expect(nameNodes(URLS)).toEqual(['https://eth.example#1', 'https://eth.example#2', 'wss://other.example:8546'])
})

test('no text shows a key, whole URL or part', () => {
  const text = redactText(`GET ${URLS[0]} failed: key AbCdEf0123456789 or zyxwvutsrq of hunter2hunter2; POST ${URLS[1]}`, URLS)
  for (const secret of ['AbCdEf0123456789', 'zyxwvutsrq', 'hunter2', '0123456789abcdef']) expect(text).not.toContain(secret)
})

test('URLs inside a message lose their keys, the rest stays', () => {
  expect(redactText('request to wss://n.example/KEY failed, see (postgres://me:pw@db:5432/x)')).toBe(
    'request to wss://n.example failed, see (postgres://db:5432)',
  )
})

test('a URL ends before the punctuation of its sentence, so that it is still told which node is meant', () => {
  expect(
    redactText('no node is usable (http://127.0.0.1:8545: ECONNREFUSED; ws://localhost:8546/KEY, timed out). See https://n.example/KEY.'),
  ).toBe('no node is usable (http://127.0.0.1:8545: ECONNREFUSED; ws://localhost:8546, timed out). See https://n.example.')
})
