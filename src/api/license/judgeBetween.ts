import {sameBetween} from '../asOf/sameBetween'
import {type Judgement, judge, judgeBest, type LicenseLineage} from './judge'

/*
 * A verdict goes from not yet started over permitted to expired or revoked and never back, so that what is the same at both ends of a
 * span of time is so all through.
 */

/** @throws a coded error where the verdict changes within the span */
export function judgeBetween(lineage: LicenseLineage, from: Date, to: Date): Judgement {
  sameBetween((time) => judge(lineage, time).code, from, to)
  return judge(lineage, from)
}

/** @throws a coded error where the verdict, or the licence that serves best, changes within the span */
export function judgeBestBetween(lineages: readonly LicenseLineage[], from: Date, to: Date): ReturnType<typeof judgeBest> {
  sameBetween((time) => verdictOf(judgeBest(lineages, time)), from, to)
  return judgeBest(lineages, from)
}

const verdictOf = ({lineage, judgement}: ReturnType<typeof judgeBest>): string => `${judgement.code} ${lineage?.license.id}`
