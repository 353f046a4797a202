import {expect, it} from 'vitest'
import {makeSafe} from './leanResolvers'

class Told {
  made = 0
  get fails(): string {
    throw new TypeError('no such part')
  }
  get part(): object {
    return {made: ++this.made}
  }
}

it('what a field’s getter throws is its value, and what it makes it makes once', () => {
  for (let i = 0; i < 2; i++) {
    makeSafe(Told.prototype, 'fails', false)
    makeSafe(Told.prototype, 'part', true)
    makeSafe(Told.prototype, 'made', true)
  }
  const told = new Told()
  expect(told.fails).toEqual(new TypeError('no such part'))
  expect([told.part, told.part, new Told().part]).toEqual([{made: 1}, {made: 1}, {made: 1}])
  expect(told.part).toBe(told.part)
})
