import {createRequire} from 'node:module'
import {defineConfig} from 'vitest/config'

const require = createRequire(import.meta.url)

// Vite would take graphql's ES build while type-graphql and yoga take the CommonJS one: two copies, and no schema.
export default defineConfig({
  resolve: {alias: [{find: /^graphql$/, replacement: require.resolve('graphql')}]},
  test: {
    projects: [
      {extends: true, test: {name: 'unit', include: ['src/**/*.test.ts']}},
      {extends: true, test: {name: 'house', include: ['test/house/**/*.test.ts'], testTimeout: 60_000}},
      {
        extends: true,
        test: {name: 'integration', include: ['test/integration/**/*.int.test.ts'], testTimeout: 60_000, hookTimeout: 120_000},
      },
      {
        extends: true,
        test: {name: 'e2e', include: ['test/e2e/**/*.e2e.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false},
      },
    ],
  },
})
