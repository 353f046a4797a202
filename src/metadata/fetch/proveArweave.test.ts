import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {proveArweave} from './proveArweave'

type Given = Readonly<{document: string; transactions: readonly Readonly<Record<string, unknown> & {id: string; format: number}>[]}>
const {document, transactions} = JSON.parse(readFileSync(join(__dirname, '../../../test/fixtures/documents/arweave.json'), 'utf8')) as Given
const bytes = Buffer.from(document)
const other = Buffer.from(document.replace('On Arweave', 'No Arweave'))

describe.each(transactions.map((transaction) => [transaction.format, transaction] as const))(
  'a transaction of format %s',
  (format, transaction) => {
    const {id} = transaction
    test('whose signature has the hash that the id is proves the bytes', async () =>
      expect(await proveArweave(id, transaction, bytes)).toMatchObject({verdict: 'verified'}))

    test('proves no other bytes', async () => {
      const proving = proveArweave(id, transaction, other)
      if (format === 1) expect(await proving).toMatchObject({verdict: 'unverifiable'})
      else await expect(proving).rejects.toMatchObject({kind: 'dishonest_gateway', retryable: true})
    })

    test.each([
      ['of another id', {id: 'a'.repeat(43)}],
      ['with another signature', {signature: Buffer.alloc(512, 1).toString('base64url')}],
      ['of another owner', {owner: Buffer.alloc(512, 255).toString('base64url')}],
      ['that says more than was signed', {reward: '1001'}],
      ['of a small key', {owner: Buffer.alloc(64, 255).toString('base64url')}],
    ])('%s proves nothing', async (_, change) =>
      expect(await proveArweave(id, {...transaction, ...change}, bytes)).toMatchObject({verdict: 'unverifiable'}),
    )
  },
)

test.each([null, {}, [], 'text', 7, {format: 2, id: 'x'.repeat(2_000_000)}])('what is no transaction proves nothing', async (served) =>
  expect(await proveArweave('a'.repeat(43), served, bytes)).toMatchObject({verdict: 'unverifiable'}),
)
