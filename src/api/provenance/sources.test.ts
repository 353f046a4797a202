import 'reflect-metadata'
import {expect, test} from 'vitest'
import {FACT_TABLES} from '../../feed/factTables'
import {SOURCES} from './sources'

/** An oracle is asked by a contract, and names no asset: it is found from the generation. */
const OF_NO_ASSET = ['OracleEvent']

test('every table of facts that the feed tells of is in the timeline of the assets it concerns', () => {
  const shown = Object.values(SOURCES).flatMap((sources) => sources.map(({table}) => table))
  expect([...shown, ...OF_NO_ASSET].sort()).toEqual(FACT_TABLES.map(({name}) => name).sort())
})
