import type {Stored} from '../stored'

/**
 * A licence and what it hangs on, nearest first: its parent, and so on. `ancestry`: known up to a root; unknown, where no log told of an
 * ancestor; tooDeep, where there are more than anyone looks at.
 */
export type LicenseLineage = Readonly<{
  license: Stored<'License'>
  ancestors: readonly Stored<'License'>[]
  ancestry: 'known' | 'unknown' | 'tooDeep'
}>

export type Verdict =
  | 'PERMITTED'
  | 'NO_LICENSE'
  | 'NOT_YET_STARTED'
  | 'EXPIRED'
  | 'REVOKED'
  | 'EXERCISED'
  | 'ANCESTOR_REVOKED'
  | 'ANCESTRY_TOO_DEEP'
export type Judgement = Readonly<{code: Verdict; message: string}>

/**
 * Start and expiry are inclusive; a revocation holds from its own second on, and ends what was granted under it (ERC-5218). An ancestor's
 * expiry ends nothing: ERC-5218 knows no expiry, and who sublicenses beyond his own term answers for it in the terms. A sublicence below more
 * ancestors than are looked at permits nothing, or a licensee could bury a revocation under sublicences of his own.
 */
export function judge({license, ancestors, ancestry}: LicenseLineage, at: Date): Judgement {
  const now = BigInt(Math.floor(at.getTime() / 1000))
  const isRevoked = (row: Stored<'License'>) => row.revokedFrom !== null && BigInt(row.revokedFrom) <= now
  if (isRevoked(license)) return {code: 'REVOKED', message: `revoked from ${timeOf(license.revokedFrom)} on`}
  if (license.exercisedAt !== null && BigInt(license.exercisedAt) <= now)
    return {code: 'EXERCISED', message: `used up at ${timeOf(license.exercisedAt)}`}
  const revoked = ancestors.find(isRevoked)
  if (revoked)
    return {
      code: 'ANCESTOR_REVOKED',
      message: `licence ${revoked.licenseId}, which it was granted under, is revoked from ${timeOf(revoked.revokedFrom)} on`,
    }
  if (ancestry === 'tooDeep')
    return {code: 'ANCESTRY_TOO_DEEP', message: `granted under more than ${ancestors.length} licences; not looked at further`}
  if (BigInt(license.startTime) > now) return {code: 'NOT_YET_STARTED', message: `starts at ${timeOf(license.startTime)}`}
  if (license.expiry !== null && BigInt(license.expiry) < now) return {code: 'EXPIRED', message: `expired after ${timeOf(license.expiry)}`}
  return {code: 'PERMITTED', message: license.expiry === null ? 'perpetual' : `until ${timeOf(license.expiry)}`}
}

/** Past what a date can hold, the seconds themselves. */
function timeOf(seconds: string | null): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? `unix second ${seconds}` : date.toISOString()
}

const RANK: readonly Verdict[] = [
  'PERMITTED',
  'NOT_YET_STARTED',
  'EXPIRED',
  'ANCESTRY_TOO_DEEP',
  'EXERCISED',
  'REVOKED',
  'ANCESTOR_REVOKED',
  'NO_LICENSE',
]

/** Of several licences the one that serves its holder best; among equals the latest grant. */
export function judgeBest(lineages: readonly LicenseLineage[], at: Date): Readonly<{lineage: LicenseLineage | null; judgement: Judgement}> {
  const judged = lineages.map((lineage) => ({lineage, judgement: judge(lineage, at)}))
  judged.sort(
    (a, b) =>
      RANK.indexOf(a.judgement.code) - RANK.indexOf(b.judgement.code) || (a.lineage.license.grantId < b.lineage.license.grantId ? 1 : -1),
  )
  return judged[0] ?? {lineage: null, judgement: {code: 'NO_LICENSE', message: 'no licence of this account for this asset is known'}}
}
