import {assets} from '../asset/assets'
import {balances} from '../asset/balance'
import {attestations} from '../attestation/attestation'
import {collections} from '../collection/collections'
import {metadataCommits} from '../commit/metadataCommit'
import {decodeFailures} from '../failure/decodeFailure'
import {generations} from '../generation/generation'
import {licenses} from '../license/license'
import {licenseTerms} from '../license/licenseTerms'
import type {ListSpec} from '../list/spec'
import {metadataUpdates} from '../metadata/metadataUpdate'
import {royaltyPayments} from '../royalty/royaltyPayment'
import {royaltyTermsChanges} from '../royalty/royaltyTermsChange'
import {sales} from '../sale/sale'
import {splitChanges} from '../split/splitChange'
import {splitDistributions} from '../split/splitDistribution'
import {transfers} from '../transfer/transfer'
import {contractUpgrades} from '../upgrade/contractUpgrade'

const LISTS = {
  assets,
  attestations,
  balances,
  collections,
  contractUpgrades,
  decodeFailures,
  generations,
  licenses,
  licenseTerms,
  metadataCommits,
  metadataUpdates,
  royaltyPayments,
  royaltyTermsChanges,
  sales,
  splitChanges,
  splitDistributions,
  transfers,
}

/** What can be exported, by the names of the root fields. */
export const EXPORTS: ReadonlyMap<string, ListSpec> = new Map(Object.entries(LISTS).map(([name, {spec}]) => [name, spec]))
