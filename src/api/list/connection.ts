import {type ClassType, Field, Int, ObjectType} from 'type-graphql'
import type {Count} from './count'
import type {Edge, Page} from './page'

@ObjectType({description: 'Relay: where a page stands in its list.'})
export class PageInfo {
  @Field(() => Boolean, {description: 'Whether more follows. Paging backward: whether anything was asked to follow.'})
  hasNextPage!: boolean
  @Field(() => Boolean, {description: 'Whether anything precedes. Paging forward: whether anything was asked to precede.'})
  hasPreviousPage!: boolean
  @Field(() => String, {nullable: true, description: 'Cursor of the first node; null for an empty page.'})
  startCursor!: string | null
  @Field(() => String, {nullable: true, description: 'Cursor of the last node; null for an empty page.'})
  endCursor!: string | null
}

/** `TransferConnection` over `Transfer`. */
export function createConnection<N extends object>(name: string, node: () => ClassType<N> | object): ClassType {
  @ObjectType(`${name}Edge`, {description: 'Relay: a node and its place.'})
  class ConnectionEdge {
    @Field(() => String, {description: 'For after and before; holds for the orderBy it came from.'})
    cursor!: string
    @Field(() => node() as ClassType, {description: 'What is listed.'})
    node!: N
  }

  @ObjectType(`${name}Connection`, {
    description: 'Relay: one page of a list. Cursors are keyset positions: page 10,000 costs what page 1 costs.',
  })
  class Connection {
    #count: Promise<Count> | null = null
    constructor(private readonly page: Page<N>) {}

    @Field(() => [ConnectionEdge], {description: 'The nodes with their cursors.'})
    get edges(): readonly Edge<N>[] {
      return this.page.edges
    }
    @Field(() => [node() as ClassType], {description: 'The nodes without their cursors.'})
    get nodes(): readonly N[] {
      return this.page.nodes
    }
    @Field(() => PageInfo, {description: 'Where the page stands in its list.'})
    get pageInfo(): PageInfo {
      return this.page.pageInfo
    }

    #counted(): Promise<Count> {
      this.#count ??= this.page.count()
      return this.#count
    }

    @Field(() => Int, {description: 'Rows in the whole list: exact up to 10,000, else an estimate.'})
    async totalCount(): Promise<number> {
      return (await this.#counted()).value
    }

    @Field(() => Boolean, {description: 'Whether totalCount is an estimate.'})
    async totalCountIsEstimate(): Promise<boolean> {
      return (await this.#counted()).isEstimate
    }
  }
  return Connection
}
