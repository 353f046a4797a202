import type {Role, Roles} from './role'
import type {PartEvidence, SalePart} from './rows'
import type {PaidPart, SaleSettled} from './saleEvents'

export type ClassifiedPart = PaidPart & Readonly<{part: SalePart; evidence: PartEvidence | null; role: Role | null}>

/** Where marketplaces are paid, as they publish it: OpenSea (https://docs.opensea.io/docs/creator-fee-enforcement). */
const FEE_RECIPIENTS: ReadonlySet<string> = new Set(['0x0000a26b00c1f0df003000390027140000faa719'])

const PART_OF_ROLE: Readonly<Record<Exclude<Role, 'other'>, SalePart>> = {
  marketplace: 'marketplace',
  creator: 'royalty',
  modelOwner: 'royalty',
  computeProvider: 'royalty',
}

/**
 * What each part of a sale's price is, as far as something says so: no order marks its royalties. A creator who sells is the seller: a first
 * sale's proceeds are counted once.
 */
export function classifyParts({parts, due = []}: SaleSettled, roles: Roles): readonly ClassifiedPart[] {
  const receivers = new Set(due.flatMap(({due, source}) => (due && source === 'call' ? [due.recipient] : [])))
  return (parts ?? []).map((paid) => ({...paid, ...classOf(paid, roles, receivers), role: roles.get(paid.recipient) ?? null}))
}

function classOf({recipient, isSeller}: PaidPart, roles: Roles, receivers: ReadonlySet<string>): Pick<ClassifiedPart, 'part' | 'evidence'> {
  if (isSeller) return {part: 'seller', evidence: 'order'}
  const role = roles.get(recipient)
  if (role && role !== 'other') return {part: PART_OF_ROLE[role], evidence: 'roles'}
  if (receivers.has(recipient)) return {part: 'royalty', evidence: 'terms'}
  if (FEE_RECIPIENTS.has(recipient)) return {part: 'marketplace', evidence: 'protocol'}
  return {part: 'unclassified', evidence: null}
}
