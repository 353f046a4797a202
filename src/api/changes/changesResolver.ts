import {Args, Ctx, Field, Int, ObjectType, Query, Resolver, Root, Subscription} from 'type-graphql'
import {cursorOf, formatCursor, startCursor} from '../../feed/journal/cursor'
import {
  checkCursor,
  type FeedState,
  type Query as JournalQuery,
  type Page,
  readFeedState,
  readPage,
  readPositions,
} from '../../feed/journal/readChanges'
import type {Context} from '../context'
import {PageInfo} from '../list/connection'
import {windowOf} from '../list/pageArgs'
import {Change} from './change'
import {ChangesArgs, cursorError, FollowArgs, parseAfter, parseFilter} from './changeArgs'
import type {LiveChange} from './liveChange'

@ObjectType({description: 'Relay: an entry and its place.'})
export class ChangeEdge {
  @Field(() => String, {description: 'For after.'})
  cursor!: string
  @Field(() => Change, {description: 'The entry.'})
  node!: Change
}

@ObjectType({
  description:
    'Relay: one page of the feed. Go on from pageInfo.endCursor while hasNextPage: a page looks at a bounded number of entries, so that with a filter it may be short, or empty, with more behind it.',
})
export class ChangeConnection {
  @Field(() => [ChangeEdge], {description: 'The entries with their cursors.'})
  get edges(): readonly ChangeEdge[] {
    return this.nodes.map((node) => ({cursor: node.cursor, node}))
  }
  @Field(() => [Change], {description: 'The entries.'})
  nodes: readonly Change[]
  @Field(() => PageInfo, {description: 'Where the page ends; endCursor is never null.'})
  pageInfo: PageInfo

  constructor(
    private readonly state: FeedState,
    page: Page,
    hasPreviousPage: boolean,
    private readonly isFiltered: boolean,
    private readonly newest: string,
  ) {
    this.nodes = page.changes.map((entry) => new Change(state.feedId, entry))
    this.pageInfo = {
      hasNextPage: page.hasMore,
      hasPreviousPage,
      startCursor: this.nodes[0]?.cursor ?? null,
      endCursor: formatCursor(page.end),
    }
  }

  @Field(() => String, {description: 'Behind the newest entry of the feed: who begins here is told what comes, and nothing that was.'})
  get latestCursor(): string {
    return this.newest
  }
  @Field(() => Int, {description: 'Entries of the whole feed, whatever the filter.'})
  get totalCount(): number {
    return this.state.last
  }
  @Field(() => Boolean, {description: 'Whether there is a filter, which totalCount leaves aside.'})
  get totalCountIsEstimate(): boolean {
    return this.isFiltered
  }
}

@Resolver()
export class ChangesResolver {
  @Query(() => ChangeConnection, {
    description:
      'The one feed of everything that happens on all chains, in the order in which it came to be known, and of what forks took back. Store pageInfo.endCursor and go on from it: every change once, in order.',
  })
  async changes(@Ctx() context: Context, @Args(() => ChangesArgs) args: ChangesArgs): Promise<ChangeConnection> {
    const limit = windowOf({first: args.first ?? null}).size
    const filter = parseFilter(args, context.soleChainId)
    const query: JournalQuery = (sql, values) => context.db.query(sql, values)
    const state = await readFeedState(query)
    const after = args.after == null ? startCursor(state.feedId) : parseAfter(args.after)
    await checkCursor(query, state, after).catch((error: unknown) => {
      throw cursorError(error)
    })
    const page = await readPage(query, {state, after, limit, filter})
    const [newest] = await readPositions(query, [state.last])
    const latest = formatCursor(newest ? cursorOf(state.feedId, newest) : startCursor(state.feedId))
    const isFiltered = filter.kinds !== null || filter.collections !== null || filter.assets !== null
    return new ChangeConnection(state, page, args.after != null, isFiltered, latest)
  }

  @Subscription(() => Change, {
    name: 'changes',
    description:
      'The feed as it grows, over SSE or WebSocket (graphql-transport-ws): what is behind the cursor first, then each entry as it is written. Store the cursor of what was handled, and begin again from it whenever the connection ends.',
    subscribe: ({args, context}: {args: FollowArgs; context: Context}) =>
      context.followFeed({
        filter: parseFilter(args, context.soleChainId),
        after: args.after == null ? null : parseAfter(args.after),
        client: context.client,
      }),
  })
  followChanges(@Root() live: LiveChange, @Args(() => FollowArgs) _args: FollowArgs): Change {
    return live.change
  }
}
