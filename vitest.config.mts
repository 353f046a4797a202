import {createRequire} from 'node:module'
import {defineConfig} from 'vitest/config'

const require = createRequire(import.meta.url)

// Vite would take graphql's ES build while type-graphql and yoga take the CommonJS one: two copies, and no schema.
export default defineConfig({
  resolve: {
    alias: ['graphql', 'graphql-query-complexity'].map((name) => ({find: new RegExp(`^${name}$`), replacement: require.resolve(name)})),
  },
  test: {
    // All of a small machine: vitest would leave one core of two idle.
    maxWorkers: '100%',
    // Rung by rung, the fast ones first: a broken unit is told within seconds.
    projects: [
      {extends: true, test: {name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 30_000, sequence: {groupOrder: 0}}},
      {extends: true, test: {name: 'house', include: ['test/house/**/*.test.ts'], testTimeout: 60_000, sequence: {groupOrder: 0}}},
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.int.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: {groupOrder: 1},
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: {groupOrder: 2},
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.sim.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          sequence: {groupOrder: 3},
        },
      },
    ],
  },
})
