import {Ctx, Field, FieldResolver, ObjectType, Resolver, Root} from 'type-graphql'
import {Account} from '../account/account'
import type {Context} from '../context'
import {createParameters} from '../list/parameters'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import {type Stored} from '../stored'
import {Generation} from './generation'

/** Requests of one generation that are shown. */
const MAX_REQUESTS = 20

type Request = Readonly<Pick<Stored<'OracleEvent'>, 'emitter' | 'requestId' | 'modelId' | 'input' | 'timestamp'>> &
  Readonly<{outputHash: string | null; answeredAt: Date | null}>

@ObjectType({description: 'An oracle was asked by the asset’s contract with this prompt as its input (ORA OAO).'})
export class OracleRequest {
  readonly #row: Request
  readonly #output: string | null
  constructor(row: Request, output: string | null) {
    this.#row = row
    this.#output = output
  }
  @Field(() => Account, {description: 'The oracle.'})
  get oracle(): Account {
    return new Account(this.#row.emitter)
  }
  @Field(() => BigIntScalar, {description: 'Number within the oracle.'})
  get requestId(): string {
    return this.#row.requestId
  }
  @Field(() => HexScalar, {nullable: true, description: 'The model that was asked, by the oracle’s numbers.'})
  get modelId(): string | null {
    return this.#row.modelId
  }
  @Field(() => String, {nullable: true, description: 'The input, mostly the prompt, where it is text.'})
  get input(): string | null {
    return this.#row.input
  }
  @Field(() => DateTimeScalar, {description: 'Block time of the request.'})
  get requestedAt(): Date {
    return this.#row.timestamp
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the last answer; null while there is none.'})
  get outputHash(): string | null {
    return this.#row.outputHash
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Block time of the last answer.'})
  get answeredAt(): Date | null {
    return this.#row.answeredAt
  }
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the last answer is what the asset holds; null while one of them is not known.',
  })
  get matches(): boolean | null {
    return this.#row.outputHash === null || this.#output === null ? null : this.#row.outputHash === this.#output
  }
}

@Resolver(() => Generation)
export class OracleRequestResolver {
  @FieldResolver(() => [OracleRequest], {
    description: `What trusted oracles were asked with this prompt by the asset's contract, newest first, at most ${MAX_REQUESTS}: who asks names no token, so that the hash of the prompt joins them.`,
  })
  async oracleRequests(@Ctx() context: Context, @Root() generation: Generation): Promise<readonly OracleRequest[]> {
    const {collectionId, promptHash, outputHash} = generation.joined
    const [chainId, contract] = collectionId.split('-') as [string, string]
    const parameters = createParameters(context)
    const [chain, asker, input] = [chainId, contract, promptHash].map(parameters.add) as [string, string, string]
    const known = (alias: string) => parameters.horizon?.within(`${alias}.id`) ?? 'true'
    const rows = await context.db.query<Request>(
      `SELECT r.emitter, r.request_id::text AS "requestId", r.model_id AS "modelId", r.input, r.timestamp, a.output_hash AS "outputHash",
         a.timestamp AS "answeredAt"
       FROM oracle_event r LEFT JOIN LATERAL (SELECT e.output_hash, e.timestamp FROM oracle_event e
         WHERE e.request_ref = r.request_ref AND e.kind = 'answered' AND e.authority <> 'unverified' AND ${known('e')} ORDER BY e.id DESC LIMIT 1) a ON true
       WHERE r.requester = ${asker} AND r.input_hash = ${input} AND r.chain_id = ${chain} AND r.kind = 'requested' AND r.authority <> 'unverified'
         AND ${known('r')}
       ORDER BY r.id DESC LIMIT ${MAX_REQUESTS}`,
      parameters.values,
    )
    return rows.map((row) => new OracleRequest(row, outputHash))
  }
}
