import type {ChainId} from './caip'
import type {Address} from './hex'
import {licenseKey, licenseNumberSlotId} from './ids'
import type {RowKey, Snapshot} from './projection'

/** A licence as its emitter numbers it. */
export type LicenseNumber = Readonly<{chainId: ChainId; emitter: Address; licenseId: bigint}>

export const licenseNumberRead = ({chainId, emitter, licenseId}: LicenseNumber): RowKey => ({
  table: 'LicenseSlot',
  id: licenseNumberSlotId(chainId, emitter, licenseId),
})

/** The licence that has the number at this point: where several lives of an asset were granted one under it, the last. */
export const licenseNumbered = ({chainId, emitter, licenseId}: LicenseNumber, state: Snapshot): string =>
  state.get('LicenseSlot', licenseNumberSlotId(chainId, emitter, licenseId))?.licenseRef ?? licenseKey(chainId, emitter, licenseId)
