import type {Address} from './hex'

/**
 * An asset. `namedBy` account: a protocol named it by the account that is bound to it (ERC-6551; an ipId of Story), which stands in
 * `collection`, with the token id 0. The pipeline puts the token in its place before anything is folded, where it knows the account.
 */
export type Subject = Readonly<{collection: Address; tokenId: bigint; namedBy?: 'account'}>
