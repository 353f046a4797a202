import type {HttpAnswer, HttpClient} from './createHttpClient'
import {type FetchAttempt, FetchProblem, type Verdict} from './documentOutcome'
import type {DocumentTarget} from './documentUri'
import type {createGatewayHealth} from './gatewayHealth'
import {type Cid, canVerify, exportFile, isIdentity, parseCid, RAW_CODEC, readCar, requireBlock} from './ipfsBlocks'
import {proveArweave} from './proveArweave'
import {raceGateways} from './raceGateways'

export type Fetching = Readonly<{
  http: Pick<HttpClient, 'fetch'>
  health: ReturnType<typeof createGatewayHealth>
  ipfsGateways: readonly string[]
  arweaveGateways: readonly string[]
  hedgeMs: number
  maxBytes: number
  signal: AbortSignal
  /** Grows with everyone who is asked. */
  attempts: FetchAttempt[]
}>
export type Content = Readonly<{
  bytes: Uint8Array
  declaredMediaType: string | null
  finalUrl: string
  gateway: string | null
  verdict: Verdict
  reason: string
}>

type Target<K extends DocumentTarget['kind']> = Extract<DocumentTarget, {kind: K}>
type Question = Readonly<{url: URL; gateway: string; accept?: string; signal: AbortSignal}>

const CAR = 'application/vnd.ipld.car'
const RAW = 'application/vnd.ipld.raw'

/** @throws FetchProblem */
export async function fetchHttp({http, signal, attempts, health}: Fetching, url: URL): Promise<Content> {
  const answer = await ask({http, attempts, health}, {url, gateway: url.origin, signal}, async (found) => found)
  return {
    ...served(answer, url.origin),
    finalUrl: answer.finalUrl,
    verdict: 'mutable',
    reason: 'an http URL promises nothing about its content',
  }
}

/** @throws FetchProblem */
export async function fetchIpfs(fetching: Fetching, {cid: text, path, origin}: Target<'ipfs'>): Promise<Content> {
  const cid = await parseCid(text)
  const finalUrl = `ipfs://${text}${path && `/${path}`}`
  const verified = (bytes: Uint8Array, gateway: string | null): Content => ({
    bytes,
    declaredMediaType: null,
    finalUrl,
    gateway,
    verdict: 'verified',
    reason: 'every block matches its CID',
  })
  if (isIdentity(cid)) return verified(await exportFile(new Map(), cid, path, fetching.maxBytes), null)
  const gateways = gatewaysFor(fetching, fetching.ipfsGateways, origin)
  if (!canVerify(cid)) {
    const plain = await fetchPlain(fetching, gateways, `ipfs/${text}/${path}`)
    return {...plain, finalUrl, verdict: 'unverifiable', reason: `hash function 0x${cid.multihash.code.toString(16)} is not known here`}
  }
  const before = fetching.attempts.length
  try {
    return await raceGateways({
      ...raceOf(fetching),
      gateways,
      ask: async (gateway, signal) => verified(await fetchBlocks(fetching, {cid, path, gateway, signal}), originOf(gateway)),
    })
  } catch (error) {
    const serveNoBlocks = new Set(
      fetching.attempts.slice(before).flatMap(({kind, gateway}) => (kind === 'unsupported_answer' ? [gateway] : [])),
    )
    const left = gateways.filter((gateway) => serveNoBlocks.has(originOf(gateway)))
    if (left.length === 0 || (error instanceof FetchProblem && error.kind === 'aborted')) throw error
    const plain = await fetchPlain(fetching, left, `ipfs/${text}/${path}`, isRawFile(cid, path) ? cid : null)
    if (isRawFile(cid, path)) return verified(plain.bytes, plain.gateway)
    return {...plain, finalUrl, verdict: 'unverifiable', reason: 'no gateway served the blocks that would prove it'}
  }
}

/** @throws FetchProblem */
export async function fetchIpns(fetching: Fetching, {name, path, origin}: Target<'ipns'>): Promise<Content> {
  const plain = await fetchPlain(fetching, gatewaysFor(fetching, fetching.ipfsGateways, origin), `ipns/${name}/${path}`)
  return {
    ...plain,
    finalUrl: `ipns://${name}${path && `/${path}`}`,
    verdict: 'mutable',
    reason: 'the owner of an IPNS name may point it elsewhere',
  }
}

/** Of a path the id is that of a manifest, which says nothing of bytes. @throws FetchProblem */
export async function fetchArweave(fetching: Fetching, {id, path, origin}: Target<'arweave'>): Promise<Content> {
  const gateways = gatewaysFor(fetching, fetching.arweaveGateways, origin)
  const finalUrl = `ar://${id}${path && `/${path}`}`
  return raceGateways({
    ...raceOf(fetching),
    gateways,
    ask: (gateway, signal) =>
      ask(fetching, {url: new URL(`${gateway}/${id}${path && `/${path}`}`), gateway, signal}, async (answer) => ({
        ...served(answer, originOf(gateway)),
        finalUrl,
        ...(path === ''
          ? await proveArweave(id, await fetchTransaction(fetching, `${gateway}/tx/${id}`, signal), answer.body)
          : OF_A_MANIFEST),
      })),
  })
}

const OF_A_MANIFEST = {verdict: 'unverifiable', reason: 'an Arweave id with a path names a manifest, which was not read'} as const

/** Null where the gateway has none: an item of a bundle is no transaction. */
async function fetchTransaction({http}: Fetching, url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const {body} = await http.fetch(new URL(url), {accept: 'application/json', signal})
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    if (error instanceof FetchProblem && error.kind === 'aborted') throw error
    return null
  }
}

const raceOf = ({health, hedgeMs, signal, attempts}: Fetching) => ({
  signal,
  hedgeMs: (gateway: string) => health.patienceMs(gateway, hedgeMs),
  onOutrun: (gateway: string, durationMs: number) => {
    health.recordSilence(gateway, durationMs)
    attempts.push({
      gateway: originOf(gateway),
      status: null,
      kind: 'aborted',
      reason: 'had not answered when another gateway did',
      durationMs,
    })
  },
})

const isRawFile = (cid: Cid, path: string): boolean => cid.code === RAW_CODEC && path === ''

/** One block as it is, or all that lead from the root to the file's last byte. */
async function fetchBlocks(
  fetching: Fetching,
  {cid, path, gateway, signal}: Readonly<{cid: Cid; path: string; gateway: string; signal: AbortSignal}>,
): Promise<Buffer> {
  const isRaw = isRawFile(cid, path)
  const query = isRaw ? 'format=raw' : 'format=car&dag-scope=entity'
  const url = new URL(`${gateway}/ipfs/${cid.toString()}${path && `/${path}`}?${query}`)
  const accept = isRaw ? RAW : `${CAR}; version=1; order=dfs; dups=n`
  return ask(fetching, {url, gateway, accept, signal}, async ({body, mediaType}) => {
    if (isRaw) return (requireBlock(cid, body), body)
    if (!mediaType?.startsWith(CAR))
      throw new FetchProblem('unsupported_answer', `asked for a CAR, served ${mediaType?.slice(0, 80) ?? 'no type'}`)
    return readCar(body, cid, decodePath(path), fetching.maxBytes)
  })
}

async function fetchPlain(fetching: Fetching, gateways: readonly string[], place: string, block: Cid | null = null): Promise<Content> {
  return raceGateways({
    ...raceOf(fetching),
    gateways,
    ask: (gateway, signal) =>
      ask(fetching, {url: new URL(`${gateway}/${place}`), gateway, signal}, async (answer) => {
        if (block) requireBlock(block, answer.body)
        return {...served(answer, originOf(gateway)), finalUrl: answer.finalUrl, verdict: 'unverifiable' as const, reason: ''}
      }),
  })
}

const served = ({body, mediaType}: HttpAnswer, gateway: string) => ({bytes: body, declaredMediaType: mediaType, gateway})

/** Asks once, and leaves word of it: in the attempts, and in the health of who was asked. */
async function ask<T>(
  {http, attempts, health}: Pick<Fetching, 'http' | 'attempts' | 'health'>,
  {url, gateway, accept, signal}: Question,
  read: (answer: HttpAnswer) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const leaveWord = (kind: FetchAttempt['kind'], reason: string, status: number | null) => {
    const durationMs = Math.round(performance.now() - startedAt)
    health.record(gateway, kind, durationMs)
    attempts.push({gateway: originOf(gateway), status, kind, reason, durationMs})
  }
  let status: number | null = null
  const leave = health.ask(gateway)
  try {
    const answer = await http.fetch(url, {accept, signal})
    status = answer.status
    if (answer.body.length === 0) throw new FetchProblem('empty', 'an empty answer')
    const value = await read(answer)
    leaveWord(null, 'answered', status)
    return value
  } catch (error) {
    const problem = asked(error, accept)
    if (problem.kind !== 'aborted') leaveWord(problem.kind, problem.message, problem.status ?? status)
    throw problem
  } finally {
    leave()
  }
}

/** A gateway that cannot serve blocks says so in many ways. */
function asked(error: unknown, accept: string | undefined): FetchProblem {
  const problem =
    error instanceof FetchProblem
      ? error
      : new FetchProblem('unsupported_answer', `not understood (${String(error).slice(0, 200)})`, {cause: error})
  const {status} = problem
  const isRefusal = accept !== undefined && status !== null && [400, 401, 403, 405, 406, 415, 501].includes(status)
  return isRefusal ? new FetchProblem('unsupported_answer', `serves no blocks (HTTP ${status})`, {status, cause: problem}) : problem
}

/** The operator's, best first; then the one that the URI named, which may be all that has it. */
function gatewaysFor({health}: Fetching, configured: readonly string[], origin: string | null): readonly string[] {
  const isKnown = origin === null || configured.some((gateway) => originOf(gateway) === origin)
  return [...health.order(configured), ...(isKnown ? [] : [origin])]
}

const originOf = (gateway: string): string => new URL(gateway).origin

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
