import {statSync} from 'node:fs'
import {relative} from 'node:path'
import type {TestSpecification} from 'vitest/node'

/** Rung by rung: a broken unit is told within seconds. What waits on processes for minutes begins next, what is short comes last and fills the end. */
const RUNGS: Readonly<Record<string, number>> = {unit: 0, house: 0, e2e: 1, simulation: 1, integration: 1}

/** Seconds, measured on two cores under load; whoever is not in it takes less than a quarter of a minute. */
const SECONDS: Readonly<Record<string, number>> = {
  'test/e2e/cliDemo.e2e.test.ts': 110,
  'test/e2e/outages.e2e.test.ts': 87,
  'test/e2e/forks.e2e.test.ts': 80,
  'test/e2e/cliStart.e2e.test.ts': 70,
  'test/e2e/nodeFaults.e2e.test.ts': 50,
  'test/e2e/cli.e2e.test.ts': 30,
  'test/e2e/cliPostgres.e2e.test.ts': 30,
  'test/simulation/backfill.sim.test.ts': 30,
  'test/simulation/disturbed.sim.test.ts': 30,
  'test/integration/api.relayLists.int.test.ts': 30,
  'test/integration/metadataStorm.int.test.ts': 25,
  'test/integration/chainDishonest.int.test.ts': 20,
  'test/integration/chainGateway.int.test.ts': 20,
  'test/integration/feedApi.int.test.ts': 20,
  'test/integration/feedConsumers.int.test.ts': 20,
  'test/integration/store.int.test.ts': 15,
}

const secondsOf = (file: string): number => SECONDS[relative(process.cwd(), file)] ?? 0

/** Vitest knows how long files took from its own cache, which a clean clone has not: the longest last would leave a core idle for as long. */
export class LongestFirst {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files.toSorted(
      (a, b) =>
        (RUNGS[a.project.name] ?? 0) - (RUNGS[b.project.name] ?? 0) ||
        secondsOf(b.moduleId) - secondsOf(a.moduleId) ||
        a.project.name.localeCompare(b.project.name) ||
        statSync(b.moduleId).size - statSync(a.moduleId).size,
    )
  }
  shard(files: TestSpecification[]): TestSpecification[] {
    return files
  }
}
