import type {Address, Hex} from './hex'
import {formatWord, parseAddress, ZERO_ADDRESS} from './hex'
import {type Answer, MAX_QUESTIONS, type Question} from './question'

/** What a contract said is due of a sale of its token (ERC-2981), before and after the block of the sale. */
export type RoyaltyDue = Readonly<{
  collection: Address
  tokenId: bigint
  basis: bigint
  /** Null: nothing is due, or it is not known. */
  due: Due | null
  /** Before the block, where that is another answer. */
  before: Due | null
  /** `call`, `ambiguous`, `invalid`, `none: <why>`, `unknown: <why>` */
  source: string
}>
type Due = Readonly<{recipient: Address; amount: bigint}>

type Token = Readonly<{collection: Address; tokenId: bigint}>

/** royaltyInfo(uint256,uint256) */
const ROYALTY_INFO = '0x2a55205a'
/** After the block of the log, and before it. */
const TIMES = ['block', 'parent'] as const
const MAX_TOKENS = MAX_QUESTIONS / TIMES.length

/** Of n equal shares the first have one unit more. */
export const shareOf = (amount: bigint, i: number, n: number): bigint => amount / BigInt(n) + (BigInt(i) < amount % BigInt(n) ? 1n : 0n)

/** What to ask about tokens that were sold for one price. A larger bundle is not asked about: what of its price is whose is an estimate anyway. */
export function royaltyQuestions(tokens: readonly Token[], price: bigint): readonly Question[] {
  if (price === 0n || tokens.length > MAX_TOKENS) return []
  return tokens.flatMap(({collection, tokenId}, i) =>
    TIMES.map((at): Question => {
      const data = `${ROYALTY_INFO}${formatWord(tokenId)}${formatWord(shareOf(price, i, tokens.length))}` as Hex
      return {kind: 'call', to: collection, data, at}
    }),
  )
}

/** Nothing where nobody was asked. */
export function readRoyalties(tokens: readonly Token[], price: bigint, answers: readonly Answer[]): readonly RoyaltyDue[] {
  if (answers.length !== tokens.length * TIMES.length) return []
  return tokens.map(({collection, tokenId}, i) => {
    const basis = shareOf(price, i, tokens.length)
    const [after, before] = TIMES.map((_, n) => readAnswer(answers[i * TIMES.length + n] as Answer, basis)) as [Said, Said]
    return {collection, tokenId, basis, ...compare(after, before)}
  })
}

type Said = Readonly<{due: Due | null; source: string}>

/**
 * A call at a block knows the state after all of it, one at its parent that before all of it. Where both say the same, that was so at the sale;
 * else what was said in between is not known.
 */
function compare(after: Said, before: Said): Pick<RoyaltyDue, 'due' | 'before' | 'source'> {
  if (after.source.startsWith('unknown')) return {due: null, before: null, source: after.source}
  if (before.source.startsWith('unknown')) return {due: null, before: null, source: before.source}
  const isSame =
    after.due?.recipient === before.due?.recipient && after.due?.amount === before.due?.amount && after.source === before.source
  return isSame ? {...after, before: null} : {due: after.due, before: before.due, source: 'ambiguous'}
}

/** A contract that refuses, or has no such function, says that nothing is due; so does one that names nobody, or nothing. */
function readAnswer(answer: Answer, basis: bigint): Said {
  if (!answer.ok) {
    const isSilent = answer.reason === 'reverted' || answer.reason === 'empty' || answer.reason === 'too_large'
    return {due: null, source: `${isSilent ? 'none' : 'unknown'}: ${answer.reason}`}
  }
  const digits = answer.data.slice(2)
  if (digits.length < 128 || !/^0{24}/.test(digits)) return {due: null, source: 'none: malformed'}
  const recipient = parseAddress(`0x${digits.slice(24, 64)}`)
  const amount = BigInt(`0x${digits.slice(64, 128)}`)
  if (recipient === ZERO_ADDRESS || amount === 0n) return {due: null, source: 'none: zero'}
  return {due: {recipient, amount}, source: amount > basis ? 'invalid' : 'call'}
}
