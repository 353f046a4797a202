import type {Address, Hash32} from './hex'
import type {Subject} from './subject'

/** What a grant says of others who may hold one, when it says nothing. */
export const EXCLUSIVITY_NOT_TOLD = 255

/** Bodies of what happens to licences and their terms; members of EventBody. */

export type LicenseGranted = Subject &
  Readonly<{
    type: 'license.granted'
    /** Unique per emitter. */
    licenseId: bigint
    /** More than one licence, numbered on from `licenseId`, the tokens that they are held by too (expandRanges). */
    count?: bigint
    /** Where the emitter holds one licence at a time: this grant ends the one that was in it. */
    slot?: string
    /** Null: not told. Who held the parent, else who owns the asset, else who sent the transaction. */
    licensor: Address | null
    licensee: Address
    /** The licence is held by whoever owns this token, and is not handed on by logs of its own. */
    heldBy?: Subject
    /** Same emitter; null: root. */
    parentLicenseId: bigint | null
    /** Null: irrevocable; `licensor`: whoever granted it. */
    revoker: Address | 'licensor' | null
    /** Unix seconds, inclusive. */
    startTime: bigint
    /** Unix seconds, inclusive; null: perpetual. */
    expiry: bigint | null
    /** Null with `price`: not told. */
    currency: Address | null
    price: bigint | null
    exclusivity: number
    sublicensable: boolean
    /** Null: not told; as the terms say, else not. */
    transferable: boolean | null
    termsHash: Hash32 | null
    termsURI: string | null
    /** What it permits, in the words of the contract (ERC-5585). */
    rights?: readonly string[]
    /** Registered terms that it is under. */
    terms?: TermsRef
  }>

/** Terms are numbered by the template contract that registers them. */
export type TermsRef = Readonly<{template: Address; termsId: bigint}>

/** A licence by its number, or by the slot of the emitter that it is in. */
export type LicenseName = Readonly<{licenseId: bigint; slot?: undefined}> | Readonly<{licenseId: null; slot: string}>

export type LicenseRevoked = LicenseName &
  Readonly<{
    type: 'license.revoked'
    /** Null: not told, taken to be the sender of the transaction. */
    revokedBy: Address | null
    /** Unix seconds from which it holds. */
    effectiveAt: bigint
    reason: string | null
  }>

/** `from` null: not told, the holder until then. */
export type LicenseTransferred = Readonly<{type: 'license.transferred'; licenseId: bigint; from: Address | null; to: Address}>

/** A licence was used up: what it permitted was done. `by` null: its holder. */
export type LicenseExercised = Readonly<{type: 'license.exercised'; licenseId: bigint; by: Address | null}>

/** Terms under which licences are granted. Numbers never change their meaning. */
export type LicenseTermsRegistered = TermsRef &
  Readonly<{
    type: 'licenseTerms.registered'
    /** keccak256 of the terms as logged. */
    termsHash: Hash32
    termsURI: string | null
    currency: Address | null
    /** What a licence under them costs when nothing else is agreed; null: not told. */
    price: bigint | null
    /** Share of revenue owed, out of 10 000; null: not told. */
    royaltyBps: number | null
    /** Seconds that a derivative under them may be used; null: without end, or not told. */
    duration: bigint | null
    transferable: boolean | null
    commercialUse: boolean | null
    derivativesAllowed: boolean | null
  }>

/** Anybody may take a licence for the asset under these terms. */
export type LicenseTermsAttached = Subject & TermsRef & Readonly<{type: 'licenseTerms.attached'}>

export type LicenseEventBody =
  | LicenseGranted
  | LicenseRevoked
  | LicenseTransferred
  | LicenseExercised
  | LicenseTermsRegistered
  | LicenseTermsAttached
