import {apiError} from '../errors'

/**
 * What holds at both ends of a span of time, for what changes once and stays so: it holds all through. The times are the same but as of
 * a block whose time is not known.
 * @throws a coded error where it changes within the span
 */
export function sameBetween<T>(judge: (time: Date) => T, from: Date, to: Date): T {
  const verdict = judge(from)
  if (from.getTime() !== to.getTime() && judge(to) !== verdict)
    throw apiError(
      'BLOCK_TIME_UNKNOWN',
      `time decides, and no indexed event tells the time of this block, which lies between ${from.toISOString()} and ${to.toISOString()}: give at, or asOf a timestamp`,
      {from: from.toISOString(), to: to.toISOString()},
    )
  return verdict
}
