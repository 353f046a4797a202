// Seeded simulations: npm run test:sim -- --seeds 50 [--from 1]. A failure names its seed; --seeds 1 --from <seed> repeats it.

import {spawnSync} from 'node:child_process'
import {parseArgs} from 'node:util'

const {values} = parseArgs({options: {seeds: {type: 'string', default: '10'}, from: {type: 'string', default: '1'}}})
for (const [name, value] of Object.entries(values)) {
  if (/^\d{1,9}$/.test(value)) continue
  console.error(`--${name} takes a whole number, not ${value}`)
  process.exit(2)
}
const {status} = spawnSync('node', ['scripts/test.mjs', '--project', 'simulation'], {
  stdio: 'inherit',
  env: {...process.env, SIM_SEEDS: values.seeds, SIM_FROM: values.from},
})
process.exit(status ?? 1)
