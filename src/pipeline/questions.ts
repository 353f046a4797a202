import type {Address, Hex} from '../domain/hex'
import type {Log} from '../domain/log'
import {type Answer, type Ask, type BlockPin, MAX_QUESTIONS, type Once, type PinnedQuestion, type Question} from '../domain/question'
import {isBelieved, type RoutedLayout, type Router, routeLog} from './router'

/** What the chain said about logs, for the layouts that asked. */
export type Answers = ReadonlyMap<Log, ReadonlyMap<RoutedLayout, readonly Answer[]>>
export const NO_ANSWERS: Answers = new Map([])

const NONE: readonly Answer[] = []

/** In the order in which the layout asked; none where it did not, or nobody was there to answer. */
export const answersTo = (answers: Answers, log: Log, layout: RoutedLayout): readonly Answer[] => answers.get(log)?.get(layout) ?? NONE

/** `denied`: what is answered in place of the questions that a log would have. */
export type LogQuestions = Readonly<{log: Log; layout: RoutedLayout; questions: readonly Question[]; denied?: readonly Answer[]}>

const NOT_BELIEVED: Answer = {ok: false, reason: 'not_asked'}

/**
 * What the layouts of these logs want to know. A log that cannot be read asks nothing; that it cannot be read is said when it is decoded. What
 * is due of a sale, and whom a split pays, is asked where the log is believed: anybody can log as many orders as he likes, of any token, at
 * eight calls each (INV-8).
 */
export function questionsOf(logs: readonly Log[], router: Router, trusted: ReadonlySet<Address>): readonly LogQuestions[] {
  if (router.asking.size === 0) return []
  return logs.flatMap((log) => {
    if (!router.asking.has(log.topics[0] ?? '')) return []
    const route = routeLog(router, log)
    if (route?.kind !== 'layouts') return []
    return route.layouts.flatMap((layout) => {
      const isDenied = (layout.asksRoyalties || layout.asksBelieved) && !isBelieved(log, layout, trusted)
      if (isDenied && !layout.asksBelieved) return []
      const questions = readQuestions(layout, log)
      if (questions.length === 0) return []
      return [isDenied ? {log, layout, questions: [], denied: questions.map(() => NOT_BELIEVED)} : {log, layout, questions}]
    })
  })
}

function readQuestions(layout: RoutedLayout, log: Log): readonly Question[] {
  try {
    return (layout.asks?.(log) ?? []).slice(0, MAX_QUESTIONS)
  } catch {
    return []
  }
}

/** `parent`: of the log's block. */
export function pinQuestion(question: Question, log: Pick<Log, 'transactionHash'>, block: BlockPin, parent: BlockPin): PinnedQuestion {
  if (question.kind === 'input') return {kind: 'input', transactionHash: log.transactionHash, block}
  return {kind: 'call', to: question.to, data: question.data, block: question.at === 'parent' ? parent : block}
}

/**
 * Asks each question once, however many logs have it: all logs of a transaction ask for the same input. They are given one answer, and what
 * one of them made of it.
 */
export async function askEachOnce(questions: readonly PinnedQuestion[], ask: Ask): Promise<readonly Answer[]> {
  const places = new Map<string, number>()
  const distinct: PinnedQuestion[] = []
  const placeOf = questions.map((question) => {
    const key = keyOf(question)
    const place = places.get(key) ?? distinct.length
    if (place === distinct.length) {
      places.set(key, place)
      distinct.push(question)
    }
    return place
  })
  const told = distinct.length > 0 ? await ask(distinct) : []
  const answers = told.map((answer): Answer => (answer.ok ? {...answer, once: createOnce(answer.data)} : answer))
  return placeOf.map((place) => answers[place] as Answer)
}

const keyOf = (question: PinnedQuestion): string =>
  `${question.block.hash}/${question.kind === 'input' ? question.transactionHash : `${question.to}/${question.data}`}`

function createOnce(data: Hex): Once {
  const made = new Map<unknown, unknown>()
  return (make) => {
    if (!made.has(make)) made.set(make, make(data))
    // Filed under what makes it.
    return made.get(make) as ReturnType<typeof make>
  }
}

/** Gives each log its part of the answers to all questions, which are in the order of `asked`. */
export function distribute(asked: readonly LogQuestions[], all: readonly Answer[]): Answers {
  const answers = new Map<Log, Map<RoutedLayout, readonly Answer[]>>()
  let at = 0
  for (const {log, layout, questions, denied} of asked) {
    const ofLog = answers.get(log) ?? new Map<RoutedLayout, readonly Answer[]>()
    answers.set(log, ofLog)
    ofLog.set(layout, denied ?? all.slice(at, at + questions.length))
    at += questions.length
  }
  return answers
}
