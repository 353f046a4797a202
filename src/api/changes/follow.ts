import type {ChangeFilter} from '../../feed/journal/changeFilter'
import type {Cursor} from '../../feed/journal/cursor'
import type {ApiClient} from '../clients'

/** Who follows the feed, from where, and what of it. */
export type Follow = Readonly<{filter: ChangeFilter; after: Cursor | null; client: ApiClient}>

/** What is behind the cursor (null: behind now), and then each entry as it is written; without gap or repetition. */
export type FollowFeed = (what: Follow) => AsyncIterableIterator<object>
