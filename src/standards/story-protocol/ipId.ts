import type {Subject} from '../../domain/event'
import type {Address} from '../../domain/hex'

/** An IP asset is named by the account of its token. */
export const byIpId = (ipId: Address): Subject => ({collection: ipId, tokenId: 0n, namedBy: 'account'})
