import {existsSync, statfsSync} from 'node:fs'
import {createRequire} from 'node:module'
import {defineConfig} from 'vitest/config'
import {LongestFirst} from './test/longestFirst.mts'

const require = createRequire(import.meta.url)

/** Linux's folder in memory, where it has room: making and removing databases is most of what the tests do with a disk. */
const MEMORY = '/dev/shm'
const ROOM = 2 * 2 ** 30
const hasRoom = (dir: string): boolean => existsSync(dir) && statfsSync(dir).bavail * statfsSync(dir).bsize >= ROOM

// Vite would take graphql's ES build while type-graphql and yoga take the CommonJS one: two copies, and no schema.
export default defineConfig({
  resolve: {
    alias: ['graphql', 'graphql-query-complexity'].map((name) => ({find: new RegExp(`^${name}$`), replacement: require.resolve(name)})),
  },
  test: {
    // All of a small machine: vitest would leave one core of two idle.
    maxWorkers: '100%',
    // Each worker keeps the modules that it has loaded: they hold no state, and loading them took longer than most tests.
    isolate: false,
    sequence: {sequencer: LongestFirst},
    env: hasRoom(MEMORY) ? {TMPDIR: MEMORY} : {},
    projects: [
      {extends: true, test: {name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 30_000}},
      {extends: true, test: {name: 'house', include: ['test/house/**/*.test.ts'], testTimeout: 60_000}},
      {
        extends: true,
        test: {name: 'integration', include: ['test/integration/**/*.int.test.ts'], testTimeout: 60_000, hookTimeout: 120_000},
      },
      {extends: true, test: {name: 'e2e', include: ['test/e2e/**/*.e2e.test.ts'], testTimeout: 180_000, hookTimeout: 180_000}},
      {
        extends: true,
        test: {name: 'simulation', include: ['test/simulation/**/*.sim.test.ts'], testTimeout: 240_000, hookTimeout: 120_000},
      },
    ],
  },
})
