import {Arg, Ctx, ID, Int, Mutation, Query, Resolver} from 'type-graphql'
import {checkCursor, type Query as Rows, readFeedState} from '../../feed/journal/readChanges'
import type {WebhookFilter, WebhookRow} from '../../feed/webhooks/webhook'
import {generateSecret} from '../../feed/webhooks/webhookSecret'
import * as store from '../../feed/webhooks/webhookStore'
import {webhookUrlProblem} from '../../feed/webhooks/webhookUrl'
import {cursorError, parseAfter, parseFilter} from '../changes/changeArgs'
import {requireScope} from '../clients'
import type {Context} from '../context'
import {apiError} from '../errors'
import {BigIntScalar} from '../scalars'
import {Webhook, WebhookDelivery, WebhookFinality, WebhookInput, WebhookWithSecret} from './webhook'

const MOST_OVERLAP = 7 * 86_400
const MOST_LISTED = 100
const ID_TEXT = 'Id of the webhook.'

@Resolver()
export class WebhookResolver {
  @Query(() => [Webhook], {description: 'Webhooks of the API key, which needs the scope webhooks.'})
  async webhooks(@Ctx() context: Context): Promise<readonly Webhook[]> {
    const owner = ownerOf(context)
    const rows = await context.onPrimary((primary) => store.listWebhooks(primary, owner))
    return rows.map((row) => new Webhook(row))
  }

  @Query(() => [WebhookDelivery], {
    description: 'Messages of a webhook, newest first: delivered ones of a week, dead ones of a month, and what waits.',
  })
  async webhookDeliveries(
    @Ctx() context: Context,
    @Arg('id', () => ID, {description: ID_TEXT}) id: string,
    @Arg('first', () => Int, {nullable: true, description: `20 when left out, at most ${MOST_LISTED}.`}) first?: number | null,
    @Arg('before', () => BigIntScalar, {nullable: true, description: 'Only messages before this one.'}) before?: string | null,
  ): Promise<readonly WebhookDelivery[]> {
    const limit = first ?? 20
    if (limit < 0 || limit > MOST_LISTED)
      throw apiError('LIMIT_EXCEEDED', `first is ${limit}; at most ${MOST_LISTED}`, {limit: MOST_LISTED, asked: limit})
    const own = {id, owner: ownerOf(context)}
    const behind = before == null ? null : messageId(before)
    const rows = await context.onPrimary((primary) => store.listDeliveries(primary, own, limit, behind))
    return rows.map((row) => new WebhookDelivery(row))
  }

  @Mutation(() => WebhookWithSecret, {
    description: 'Makes a webhook. It is told what is behind after, or, without it, what comes from now on.',
  })
  async createWebhook(
    @Ctx() context: Context,
    @Arg('input', () => WebhookInput, {description: 'What it is told, and where.'}) input: WebhookInput,
    @Arg('finality', () => WebhookFinality, {defaultValue: 'head', description: 'When it is told; cannot be changed later.'}) finality:
      | 'head'
      | 'final',
    @Arg('after', () => String, {nullable: true, description: 'Cursor of the feed.'}) after?: string | null,
  ): Promise<WebhookWithSecret> {
    const owner = ownerOf(context)
    const secret = generateSecret()
    const wanted = parseInput(input, context)
    const startPosition = await positionOf(context, after ?? null)
    const made = {...wanted, owner, finality, startPosition, secret: context.webhooks.box.seal(secret)}
    const row = await context.onPrimary((primary) => store.createWebhook(primary, made))
    if (!row) throw apiError('LIMIT_EXCEEDED', `the key has ${store.MOST_WEBHOOKS} webhooks; delete one`, {limit: store.MOST_WEBHOOKS})
    return {webhook: new Webhook(row), secret}
  }

  @Mutation(() => Webhook, {
    description: 'Changes a webhook; what has become a message already stays as it is. A new URL is tried at once.',
  })
  async updateWebhook(
    @Ctx() context: Context,
    @Arg('id', () => ID, {description: ID_TEXT}) id: string,
    @Arg('input', () => WebhookInput, {description: 'All of it anew.'}) input: WebhookInput,
  ): Promise<Webhook> {
    const own = {id, owner: ownerOf(context)}
    const changed = parseInput(input, context)
    return found(await context.onPrimary((primary) => store.updateWebhook(primary, own, changed)))
  }

  @Mutation(() => WebhookWithSecret, {description: 'Gives a webhook another secret. Until the overlap ends both sign every request.'})
  async rotateWebhookSecret(
    @Ctx() context: Context,
    @Arg('id', () => ID, {description: ID_TEXT}) id: string,
    @Arg('overlapSeconds', () => Int, {defaultValue: 86_400, description: `How long the old one still signs, at most ${MOST_OVERLAP}.`})
    overlap: number,
  ): Promise<WebhookWithSecret> {
    if (overlap < 0 || overlap > MOST_OVERLAP)
      throw apiError('LIMIT_EXCEEDED', `overlapSeconds is ${overlap}; at most ${MOST_OVERLAP}`, {limit: MOST_OVERLAP, asked: overlap})
    const secret = generateSecret()
    const own = {id, owner: ownerOf(context)}
    const sealed = context.webhooks.box.seal(secret)
    const row = await context.onPrimary((primary) => store.rotateSecret(primary, own, sealed, overlap))
    return {webhook: found(row), secret}
  }

  @Mutation(() => Webhook, {description: 'Tells it nothing until it is resumed; nothing is lost.'})
  async pauseWebhook(@Ctx() context: Context, @Arg('id', () => ID, {description: ID_TEXT}) id: string): Promise<Webhook> {
    const own = {id, owner: ownerOf(context)}
    return found(await context.onPrimary((primary) => store.setState(primary, own, 'paused')))
  }

  @Mutation(() => Webhook, {description: 'Goes on where it was paused or disabled.'})
  async resumeWebhook(@Ctx() context: Context, @Arg('id', () => ID, {description: ID_TEXT}) id: string): Promise<Webhook> {
    const own = {id, owner: ownerOf(context)}
    return found(await context.onPrimary((primary) => store.setState(primary, own, 'active')))
  }

  @Mutation(() => Boolean, {description: 'Deletes it and its messages.'})
  async deleteWebhook(@Ctx() context: Context, @Arg('id', () => ID, {description: ID_TEXT}) id: string): Promise<boolean> {
    const own = {id, owner: ownerOf(context)}
    return done(await context.onPrimary((primary) => store.deleteWebhook(primary, own)))
  }

  @Mutation(() => Boolean, {description: 'Sends it a message of the type ping, behind what waits.'})
  async testWebhook(@Ctx() context: Context, @Arg('id', () => ID, {description: ID_TEXT}) id: string): Promise<boolean> {
    const own = {id, owner: ownerOf(context)}
    return done(await context.onPrimary((primary) => store.testWebhook(primary, own)))
  }

  @Mutation(() => Webhook, {description: 'Tells it again everything behind a cursor, in new messages.'})
  async replayWebhook(
    @Ctx() context: Context,
    @Arg('id', () => ID, {description: ID_TEXT}) id: string,
    @Arg('after', () => String, {description: 'Cursor of the feed.'}) after: string,
  ): Promise<Webhook> {
    const own = {id, owner: ownerOf(context)}
    const position = await positionOf(context, after)
    return found(await context.onPrimary((primary) => store.replayWebhook(primary, own, position)))
  }

  @Mutation(() => Boolean, {description: 'Tries a dead message again, at once and before what waits.'})
  async redeliverWebhook(
    @Ctx() context: Context,
    @Arg('id', () => ID, {description: ID_TEXT}) id: string,
    @Arg('delivery', () => BigIntScalar, {description: 'Number of the message.'}) delivery: string,
  ): Promise<boolean> {
    const own = {id, owner: ownerOf(context)}
    const message = messageId(delivery)
    return done(await context.onPrimary((primary) => store.redeliver(primary, own, message)))
  }
}

const ownerOf = ({client}: Context): string => requireScope(client, 'webhooks').id

const found = (row: WebhookRow | null): Webhook => {
  if (!row) throw apiError('BAD_USER_INPUT', 'the key has no such webhook')
  return new Webhook(row)
}
const done = (isDone: boolean): boolean => {
  if (!isDone) throw apiError('BAD_USER_INPUT', 'the key has no such webhook or message')
  return true
}

function messageId(text: string): string {
  if (!/^\d{1,18}$/.test(text)) throw apiError('BAD_USER_INPUT', 'not the number of a message')
  return text
}

const positionOf = (context: Context, after: string | null): Promise<number> =>
  context.onPrimary(async (primary) => {
    const rows: Rows = async (sql, values) => (await primary.query(sql, values as unknown[])).rows
    const state = await readFeedState(rows)
    if (after === null) return state.last
    const cursor = parseAfter(after)
    await checkCursor(rows, state, cursor).catch((error: unknown) => {
      throw cursorError(error)
    })
    return cursor.position
  })

/** @throws a coded error */
function parseInput(input: WebhookInput, {soleChainId, webhooks}: Context): WebhookFilter & Readonly<{name: string; url: string}> {
  const {collections, assets, includeUnverified} = parseFilter(input, soleChainId)
  const name = input.name.trim()
  if (name.length === 0 || name.length > 100 || name.includes('\0')) throw apiError('BAD_USER_INPUT', 'name must have 1 to 100 characters')
  const problem = webhookUrlProblem(input.url, webhooks.allowPrivate)
  if (problem) throw apiError('BAD_USER_INPUT', `url ${problem}`)
  return {name, url: new URL(input.url).href, kinds: input.kinds ?? null, collections, assets, includeUnverified}
}
