import type {Address, Hash32, Hex} from './hex'

/**
 * What a log alone does not tell, and the chain does: what a contract answers when called (as the state is after the log's block, or
 * before it), and what the log's transaction was called with. Whoever asks stays pure: it says what to ask, and is given the answers.
 */
export type Question = Readonly<{kind: 'call'; to: Address; data: Hex; at: 'block' | 'parent'}> | Readonly<{kind: 'input'}>

/** Questions about one log, so that a stranger's log costs a bounded number of calls (INV-8). */
export const MAX_QUESTIONS = 8

/**
 * reverted: the contract refuses · empty: no code, or it answers nothing · too_large: more than is read · no_state: no node has the state of
 * that block any more · unsupported: no node knows the method · refused: every node fails at exactly this · no_node: there is none to ask ·
 * not_asked: the log is not believed (asksBelieved)
 */
export type NoAnswer = 'reverted' | 'empty' | 'too_large' | 'no_state' | 'unsupported' | 'refused' | 'no_node' | 'not_asked'

/**
 * Never an error: what cannot be known is a value too, to be stored with its reason. `once`: all logs that asked the same were given this same
 * answer, see makeOnce.
 */
export type Answer = Readonly<{ok: true; data: Hex; once?: Once}> | Readonly<{ok: false; reason: NoAnswer}>
export type Once = <T>(make: (data: Hex) => T) => T

/**
 * What `make` makes of an answer, which is made once however many logs were given it: a transaction with a thousand logs has one input, to be
 * searched once (INV-8). `make` is one function for all of them.
 */
export const makeOnce = <T>({data, once}: Extract<Answer, {ok: true}>, make: (data: Hex) => T): T => (once ? once(make) : make(data))

export const NOT_ASKED: Answer = {ok: false, reason: 'no_node'}

/** A block by number and hash: another fork's block of that number is another block. */
export type BlockPin = Readonly<{number: number; hash: Hash32}>

export type PinnedQuestion =
  | Readonly<{kind: 'call'; to: Address; data: Hex; block: BlockPin}>
  | Readonly<{kind: 'input'; transactionHash: Hash32; block: BlockPin}>

/** Answers in the order of the questions. Takes as long as it takes to reach a node, and no longer. */
export type Ask = (questions: readonly PinnedQuestion[]) => Promise<readonly Answer[]>
