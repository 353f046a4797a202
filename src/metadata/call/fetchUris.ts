import type {CallResult, PinnedBlock} from '../ethCall'
import type {BatchReader} from './multicall'
import {buildUriCall, functionsOf, parseUri, type UriQuestion, type UriResult} from './uriCalls'

/** The URI of each, as its contract says at that block; in order. Whoever has none by the first function is asked by the second. @throws NodeUnavailable */
export async function fetchUris(reader: BatchReader, questions: readonly UriQuestion[], at: PinnedBlock): Promise<readonly UriResult[]> {
  const answers = await ask(reader, questions, 0, at)
  const again = questions.flatMap((question, i) => (answers[i]?.ok === false && functionsOf(question).length > 1 ? [i] : []))
  const seconds = await ask(
    reader,
    again.map((i) => questions[i] as UriQuestion),
    1,
    at,
  )
  const found = new Map(again.map((i, n) => [i, seconds[n]] as const))
  return answers.map((answer, i) => {
    const second = found.get(i)
    return second?.ok ? second : answer
  })
}

async function ask(reader: BatchReader, questions: readonly UriQuestion[], turn: 0 | 1, at: PinnedBlock): Promise<readonly UriResult[]> {
  const names = questions.map((question) => functionsOf(question)[turn] ?? 'tokenURI')
  const results = await reader.fetchAll(
    questions.map((question, i) => buildUriCall(question, names[i] ?? 'tokenURI')),
    at,
  )
  return questions.map(({tokenId}, i) => parseUri(results[i] as CallResult, names[i] ?? 'tokenURI', tokenId))
}
