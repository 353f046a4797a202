import {statSync} from 'node:fs'
import {relative} from 'node:path'
import type {TestSpecification} from 'vitest/node'

/** Rung by rung: a broken unit is told within seconds. What waits on processes for minutes begins next, what is short comes last and fills the end. */
const RUNGS: Readonly<Record<string, number>> = {unit: 0, house: 0, e2e: 1, simulation: 1, integration: 1}

/** Seconds, measured on two cores under load; whoever is not in it takes less than a quarter of a minute. */
const SECONDS: Readonly<Record<string, number>> = {}

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
