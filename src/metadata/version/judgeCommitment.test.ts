import {createHash} from 'node:crypto'
import {keccak256} from 'ethers'
import {expect, test} from 'vitest'
import {judgeCommitment} from './judgeCommitment'

const bytes = Buffer.from('{"name":"A"}')
const otherwise = {verdict: 'mutable', reason: 'http'} as const
const judge = (contentHash: string, uri: string | null) =>
  judgeCommitment(bytes, 'https://a.example/1', {contentHash, uri, standard: 'story'}, otherwise)

test.each([
  ['keccak256', keccak256(bytes)],
  ['SHA-256', `0x${createHash('sha256').update(bytes).digest('hex').toUpperCase()}`],
])('%s committed on chain verifies what an http URL cannot', (name, hash) =>
  expect(judge(hash, null)).toMatchObject({verdict: 'verified', reason: expect.stringContaining(name)}),
)

test('another hash for the same URI is a mismatch', () =>
  expect(judge(`0x${'11'.repeat(32)}`, 'https://a.example/1').verdict).toBe('mismatched'))

test('another hash of who knows what says nothing', () => {
  expect(judge(`0x${'11'.repeat(32)}`, null)).toBe(otherwise)
  expect(judge(`0x${'11'.repeat(32)}`, 'https://a.example/image.png')).toBe(otherwise)
  expect(judgeCommitment(bytes, 'x', null, otherwise)).toBe(otherwise)
})
