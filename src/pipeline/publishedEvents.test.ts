import {EventFragment} from 'ethers'
import {expect, test} from 'vitest'
import published from '../../test/fixtures/published/events.json'
import {STANDARDS} from '../standards/registry'

const layouts = STANDARDS.flatMap(({layouts}) => layouts)
const indexedOf = (signature: string) => EventFragment.from(`event ${signature}`).inputs.map(({indexed}) => indexed === true)

test.each(Object.entries(published).flatMap(([name, {events}]) => events.map((event) => [name, event] as const)))(
  '%s ships %s: it is read, by that layout',
  (_, event) => {
    const fragment = EventFragment.from(event)
    const topicCount = 1 + fragment.inputs.filter(({indexed}) => indexed).length
    const layout = layouts.find(({topic0, topicCount: count}) => topic0 === fragment.topicHash && count === topicCount)
    expect(layout && indexedOf(layout.signature)).toEqual(fragment.inputs.map(({indexed}) => indexed === true))
  },
)
