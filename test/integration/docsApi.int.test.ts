import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {startApiUnderTest} from '../support/apiUnderTest'

const page = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8')
const examples = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map((match) => match[1] as string)

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

test('docs/api.md has examples', () => expect(examples.length).toBeGreaterThan(4))

test.each(examples)('docs/api.md: an example is answered with something: %s', async (query) => {
  const data = await app.answer(query)
  for (const value of Object.values(data)) {
    expect(value).not.toBeNull()
    if (Array.isArray((value as {nodes?: unknown[]}).nodes)) expect((value as {nodes: unknown[]}).nodes).not.toEqual([])
  }
})
