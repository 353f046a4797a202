import {expect, test} from 'vitest'
import {decideAfterCrash, HEALTHY_MS} from './restartPolicy'

const crash = (crashesBefore: number, over: Partial<Parameters<typeof decideAfterCrash>[0]> = {}) =>
  decideAfterCrash({crashesBefore, livedMs: 10, maxCrashes: 10, random: 0.999, ...over})

test('the pause doubles with each quick crash up to half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((n) => crash(n)).map((step) => step.kind === 'restart' && Math.round(step.delayMs / 1000))).toEqual([
    1, 2, 4, 8, 16, 30, 30,
  ])
})

test('chance takes up to half of the pause away', () => {
  expect(crash(2, {random: 0})).toEqual({kind: 'restart', delayMs: 2000, crashes: 3})
  expect(crash(2, {random: 0.5})).toEqual({kind: 'restart', delayMs: 3000, crashes: 3})
})

test('the last allowed crash in a row is the end', () => {
  expect(crash(3, {maxCrashes: 5})).toMatchObject({kind: 'restart', crashes: 4})
  expect(crash(4, {maxCrashes: 5})).toEqual({kind: 'giveUp', crashes: 5})
  expect(crash(0, {maxCrashes: 1})).toEqual({kind: 'giveUp', crashes: 1})
})

test('a healthy minute makes the next crash the first again', () => {
  expect(crash(8, {livedMs: HEALTHY_MS})).toMatchObject({kind: 'restart', crashes: 1})
  expect(crash(8, {livedMs: HEALTHY_MS, maxCrashes: 1})).toEqual({kind: 'giveUp', crashes: 1})
})
