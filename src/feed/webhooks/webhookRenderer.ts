import type {Pool} from 'pg'
import {buildApiSchema} from '../../api/buildSchema'
import {createContext} from '../../api/context'
import {createStatementNames} from '../../api/statementNames'
import {createStateSchemas} from '../../api/stateSchemas'
import type {ChainId} from '../../domain/caip'
import {createChangeRenderer, type RenderChanges} from './renderChange'
import {readWebhookTerms} from './webhookTerms'

const STATEMENT_TIMEOUT_MS = 10_000

/** Entries as the API answers them, so that a webhook and a query tell the same of the same. */
export function createWebhookRenderer(pool: Pool, chainIds: readonly ChainId[]): RenderChanges {
  const fixed = {
    pool,
    chainIds,
    stateSchemas: createStateSchemas(),
    statementNames: createStatementNames(),
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    followFeed: () => {
      throw new Error('a worker follows nothing')
    },
    primary: pool,
    noteReader: () => {},
    webhooks: readWebhookTerms({}),
  }
  return createChangeRenderer(buildApiSchema(), () => createContext(fixed))
}
