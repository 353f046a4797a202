import {describe, expect, it} from 'vitest'
import {createThreadLine, type LineQuestion, RefusedByGateway} from './gatewayLine'

function open() {
  const asked: LineQuestion[] = []
  return {asked, ...createThreadLine((question) => asked.push(question))}
}

describe('the line between the threads', () => {
  it('gives each question its own answer, in whatever order they come', async () => {
    const {line, hear, asked} = open()
    const [height, blocks] = [line.height(), line.query('{"fromBlock":7}')]
    expect(asked.map(({query}) => query)).toEqual([null, '{"fromBlock":7}'])
    hear({kind: 'line', id: asked[1]?.id ?? 0, body: new TextEncoder().encode('[]')})
    hear({kind: 'line', id: asked[0]?.id ?? 0, height: 42})
    expect([await height, (await blocks).toString()]).toEqual([42, '[]'])
  })

  it('tells a refusal, which is final, from a failure, which is not', async () => {
    const {line, hear} = open()
    const [refused, failed] = [line.query('{}'), line.query('{}')]
    hear({kind: 'line', id: 1, refused: 'no traces'})
    hear({kind: 'line', id: 2, failed: 'closed'})
    await expect(refused).rejects.toThrow(RefusedByGateway)
    await expect(failed).rejects.not.toThrow(RefusedByGateway)
  })

  it('leaves nobody waiting for a thread that has ended', async () => {
    const {line, cut} = open()
    const waiting = line.height()
    cut(new Error('the thread ended'))
    await expect(waiting).rejects.toThrow('the thread ended')
  })
})
