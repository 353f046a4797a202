/** How the processor's thread asks its gateway. Every answer may be waited for as long as no node gives a good one. */
export type GatewayLine = Readonly<{
  /** Highest final block. */
  height: () => Promise<number>
  /** `query`: as the gateway protocol has it. Blocks as JSON, one a line. @throws RefusedByGateway */
  query: (query: string) => Promise<Buffer>
}>

/** A query that the gateway does not serve: a mistake in the settings. */
export class RefusedByGateway extends Error {
  override readonly name = 'RefusedByGateway'
  readonly code = 'E_REFUSED_BY_GATEWAY'
}

/** A question to the gateway's thread: `query` null asks for the height. */
export type LineQuestion = Readonly<{kind: 'line'; id: number; query: string | null}>
/** `body`: blocks, whose memory changes hands with the message. */
export type LineAnswer = Readonly<{kind: 'line'; id: number}> &
  (Readonly<{height: number}> | Readonly<{body: Uint8Array}> | Readonly<{refused: string}> | Readonly<{failed: string}>)

type Waiting = Readonly<{resolve: (answer: LineAnswer) => void; reject: (error: Error) => void}>

/** Between the threads of one process blocks need no copies: over a socket they were copied four times, a tenth of a backfill's work. */
export function createThreadLine(post: (question: LineQuestion) => void) {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const ask = (query: string | null) =>
    new Promise<LineAnswer>((resolve, reject) => {
      asked += 1
      waiting.set(asked, {resolve, reject})
      post({kind: 'line', id: asked, query})
    })
  const line: GatewayLine = {
    height: async () => {
      const answer = await ask(null)
      if ('height' in answer) return answer.height
      throw new Error('the gateway does not tell a height')
    },
    query: async (query) => {
      const answer = await ask(query)
      if ('body' in answer) return Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength)
      if ('refused' in answer) throw new RefusedByGateway(answer.refused)
      throw new Error('failed' in answer ? answer.failed : 'the gateway does not tell blocks')
    },
  }
  return {
    line,
    hear: (answer: LineAnswer) => {
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    },
    /** Nobody answers any more. */
    cut: (error: Error) => {
      for (const {reject} of waiting.values()) reject(error)
      waiting.clear()
    },
  }
}
