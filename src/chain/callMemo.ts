import {createHash} from 'node:crypto'
import {appendFile, mkdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Answer, PinnedQuestion} from '../domain/question'

export type CallMemo = Readonly<{
  recall: (question: PinnedQuestion) => Promise<Answer | undefined>
  keep: (answered: readonly (readonly [PinnedQuestion, Answer])[]) => Promise<void>
}>

/** Questions of so many blocks are in one file. */
const BLOCKS = 100_000
const MAX_LOADED = 4
/** By which rules a failure was taken for a refusal; a line without it is of the first. Refusals by other rules are asked again. */
const REFUSAL_RULES = 2

const digest = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits)

/** A call by contract, calldata and block hash; a transaction's input by its hash. The chain is the folder. */
const keyOf = (question: PinnedQuestion): string =>
  digest(question.kind === 'input' ? `input ${question.transactionHash}` : `${question.to} ${question.data} ${question.block.hash}`, 32)

/**
 * What the chain answered, on disk beside the log cache, so that a re-index asks nobody and gives the same tables (INV-1). Only ever appended
 * to; each line has a checksum, and what a kill cut off is asked again. `dir` null: nothing is kept.
 */
export function openCallMemo(dir: string | null, chainId: number, onFailure: (error: Error) => void): CallMemo {
  const folder = dir && join(dir, 'calls', String(chainId))
  const loaded = new Map<number, Promise<Map<string, Answer>>>()
  let writing: Promise<void> = Promise.resolve()

  const shardOf = ({block}: PinnedQuestion) => Math.floor(block.number / BLOCKS)
  const load = (shard: number): Promise<Map<string, Answer>> => {
    const known = loaded.get(shard)
    if (known) return known
    if (loaded.size >= MAX_LOADED) loaded.delete(loaded.keys().next().value as number)
    const reading = folder ? readShard(join(folder, `${shard}.jsonl`)) : Promise.resolve(new Map<string, Answer>())
    loaded.set(shard, reading)
    return reading
  }
  const write = async (lines: ReadonlyMap<number, string>) => {
    if (!folder) return
    await mkdir(folder, {recursive: true})
    for (const [shard, text] of lines) await appendFile(join(folder, `${shard}.jsonl`), text)
  }
  return {
    recall: async (question) => (await load(shardOf(question))).get(keyOf(question)),
    keep: async (answered) => {
      const lines = new Map<number, string>()
      for (const [question, answer] of answered) {
        const shard = shardOf(question)
        const body = JSON.stringify([keyOf(question), answer, REFUSAL_RULES])
        ;(await load(shard)).set(keyOf(question), answer)
        lines.set(shard, `${lines.get(shard) ?? ''}\n${digest(body, 8)} ${body}`)
      }
      writing = writing.then(() => write(lines)).catch(onFailure)
      await writing
    },
  }
}

async function readShard(path: string): Promise<Map<string, Answer>> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const answers = new Map<string, Answer>()
  for (const line of text.split('\n')) {
    const body = line.slice(9)
    if (digest(body, 8) !== line.slice(0, 8)) continue
    const [key, answer, rules] = JSON.parse(body) as [string, Answer, number?]
    if (answer.ok || answer.reason !== 'refused' || rules === REFUSAL_RULES) answers.set(key, answer)
  }
  return answers
}
