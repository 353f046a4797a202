import 'reflect-metadata'
import {expect, test} from 'vitest'
import {FACT_TABLES} from '../../feed/factTables'
import {SOURCES} from './sources'

test('every table of facts that the feed tells of is an event of a kind, and in the timeline of the assets it concerns', () => {
  const shown = Object.values(SOURCES).flatMap((sources) => sources.map(({table}) => table))
  expect(shown.sort()).toEqual(FACT_TABLES.map(({name}) => name).sort())
})
