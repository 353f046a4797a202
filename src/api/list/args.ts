import {ArgsType, type ClassType, Field, Int} from 'type-graphql'
import {createConnection} from './connection'
import {createOrderBy, createWhereInput} from './inputs'
import {fetchPage, fetchPages, type Page} from './page'
import {type ListContext, type PageArgs} from './pageArgs'
import type {Scope} from './pageSql'
import type {ListSpec} from './spec'

export const UNVERIFIED_TOO = "Also what contracts that are neither the asset's own nor trusted have claimed. Default false."

@ArgsType()
export class WindowArgs {
  @Field(() => Int, {nullable: true, description: 'Size of the page, forward. 20 when neither first nor last is given, at most 500.'})
  first?: number | null
  @Field(() => String, {nullable: true, description: 'Cursor that the page starts behind.'})
  after?: string | null
  @Field(() => Int, {nullable: true, description: 'Size of the page, backward.'})
  last?: number | null
  @Field(() => String, {nullable: true, description: 'Cursor that the page ends before.'})
  before?: string | null
}

/** Everything that a list needs, made from its spec: arguments, connection type, and how a page is fetched. */
export type List = Readonly<{
  spec: ListSpec
  Args: ClassType<PageArgs & object>
  /** The same of a list whose parent has decided whether unverified claims count. */
  DecidedArgs: ClassType<PageArgs & object>
  Connection: ClassType
  fetch: (context: ListContext, args: PageArgs) => Promise<object>
  /** The list of one parent; those of all parents in an answer are fetched together. */
  fetchOf: (context: ListContext, scope: Scope, key: string, args: PageArgs) => Promise<object>
}>

export function createList<N extends object>(spec: ListSpec, node: () => ClassType<N> | object, toNode: (row: never) => N): List {
  const Where = createWhereInput(spec)
  const OrderBy = createOrderBy(spec)
  const Connection = createConnection<N>(spec.name, node)
  const connect = (page: Page<N>): object => new (Connection as new (page: Page<N>) => object)(page)

  @ArgsType()
  class DecidedArgs extends WindowArgs {}
  Field(() => Where, {nullable: true, description: 'Which of them; default: all.'})(DecidedArgs.prototype, 'where')
  Field(() => [OrderBy], {nullable: true, description: `Default: ${spec.defaultOrder}.`})(DecidedArgs.prototype, 'orderBy')
  @ArgsType()
  class Args extends DecidedArgs {}
  if (spec.hasAuthority) Field(() => Boolean, {nullable: true, description: UNVERIFIED_TOO})(Args.prototype, 'includeUnverified')

  return {
    spec,
    Args: Args as unknown as ClassType<PageArgs & object>,
    DecidedArgs: DecidedArgs as unknown as ClassType<PageArgs & object>,
    Connection,
    fetch: async (context, args) => connect(await fetchPage(context, {spec, toNode}, args)),
    fetchOf: async (context, scope, key, args) => {
      const together = context.nested(`${spec.name} ${scope.name} ${JSON.stringify(args)}`, (keys) =>
        fetchPages(context, {spec, toNode}, args, scope, keys),
      )
      return connect((await together.load(key)) as Page<N>)
    },
  }
}
