import {expect, test} from 'vitest'
import {normaliseDocument} from '../document/normaliseDocument'
import {diffViews} from './diffViews'

const view = (document: Parameters<typeof normaliseDocument>[0]) => normaliseDocument(document)

test('a field that came, went or changed is named; the others are not', () =>
  expect(diffViews(view({name: 'A', model: 'x', image: 'i'}), view({name: 'B', image: 'i', prompt: 'p'}))).toEqual([
    {field: 'name', before: 'A', after: 'B'},
    {field: 'model', before: 'x', after: null},
    {field: 'prompt', before: null, after: 'p'},
  ]))

test('traits are fields, also where one name stands twice', () => {
  const traits = (...values: string[]) => view({attributes: values.map((value) => ({trait_type: 'Hue', value}))})
  expect(diffViews(traits('red', 'blue'), traits('red', 'green'))).toEqual([{field: 'attributes.Hue (2)', before: 'blue', after: 'green'}])
})

test('a document that is none any more has lost every field', () =>
  expect(diffViews(view({name: 'A'}), null)).toEqual([{field: 'name', before: 'A', after: null}]))

test('[INV-8] what is told is bounded', () => {
  const many = view({description: 'x'.repeat(10_000), attributes: Array.from({length: 900}, (_, i) => ({trait_type: `t${i}`, value: i}))})
  const changes = diffViews(null, many)
  expect(changes).toHaveLength(100)
  expect(Math.max(...changes.map(({after}) => after?.length ?? 0))).toBeLessThanOrEqual(501)
})
