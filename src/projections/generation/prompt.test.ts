import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {oneByOne} from '../../../test/support/givenEvents'
import {claimed} from '../../../test/support/givenGenerations'

test('a prompt that one claim told stays known, whatever later claims of it know', async () => {
  const told = {text: 'a cat', source: 'input'}
  const unknown = {text: null, source: 'unknown: no_state'}
  const {Generation, GenerationEvent} = await foldTables(
    ...oneByOne([claimed({prompt: unknown}), claimed({prompt: told}), claimed({prompt: unknown})]),
  )
  expect(Generation).toMatchObject([{prompt: 'a cat'}])
  expect(GenerationEvent).toMatchObject([
    {prompt: null, promptSource: 'unknown: no_state'},
    {prompt: 'a cat', promptSource: 'input'},
    {prompt: null, promptSource: 'unknown: no_state'},
  ])
})
