import {describe, expect, it} from 'vitest'
import {allFields, ColumnUses, type Incomplete, readAll, type Use} from './columnUse'

const USE: Use<'Sale'> = {name: 'one Sale', table: 'Sale'}
const fields = allFields('Sale')
const NOT_TOLD: Incomplete = {
  noteIncomplete: () => {
    throw new Error('nothing is missing')
  },
}

/** Row values: each is its field's name. */
const read = (uses: ColumnUses, wanted: readonly string[], answer: Incomplete = NOT_TOLD) => {
  const reading = uses.reading(USE, answer)
  const row = reading.row([...reading.fields]) as unknown as Readonly<Record<string, string>>
  return {selected: reading.fields, values: wanted.map((field) => row[field])}
}

describe('columns of an operation', () => {
  it('are all of them at first, and then those that were read and the id, in the order of the table', () => {
    const uses = new ColumnUses()
    expect(read(uses, ['timestamp'])).toEqual({selected: fields, values: ['timestamp']})
    expect(read(uses, ['blockNumber', 'timestamp'])).toEqual({selected: fields, values: ['blockNumber', 'timestamp']})
    const learnt = fields.filter((field) => ['id', 'blockNumber', 'timestamp'].includes(field))
    expect(read(uses, ['timestamp', 'id'])).toEqual({selected: learnt, values: ['timestamp', 'id']})
  })

  it('show nothing while there are no rows', () => {
    const uses = new ColumnUses()
    for (let i = 0; i < 9; i++) expect(uses.reading(USE, NOT_TOLD).fields).toEqual(fields)
  })

  it('tell the answer that reads another one, and are more from then on', () => {
    const uses = new ColumnUses()
    read(uses, ['timestamp'])
    read(uses, ['timestamp'])
    let incomplete = 0
    const answer = {noteIncomplete: () => void incomplete++}
    expect(() => read(uses, ['timestamp', 'blockNumber'], answer)).toThrow('blockNumber was not selected')
    expect(incomplete).toBe(1)
    expect(read(uses, ['timestamp', 'blockNumber']).values).toEqual(['timestamp', 'blockNumber'])
  })

  it('of JSON have times, as those of rows do', () => {
    const {fields, row} = readAll({table: 'Sale', fromJson: true})
    const sale = row.call(
      readAll({table: 'Sale', fromJson: true}),
      fields.map((field) => (field === 'timestamp' ? '2026-01-31T12:00:00+00:00' : null)),
    )
    expect(sale.timestamp).toEqual(new Date('2026-01-31T12:00:00Z'))
    expect(sale.id).toBeNull()
  })
})
