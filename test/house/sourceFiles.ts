import {readdirSync} from 'node:fs'
import {join} from 'node:path'

const PASSED_OVER = new Set(['node_modules', 'lib', '.git', '.data', 'coverage'])

/** Files of a folder of the project, by their path from its root, sorted. */
export const sourceFiles = (root: string, folder = '.'): readonly string[] =>
  readdirSync(join(root, folder), {withFileTypes: true})
    .filter(({name}) => !PASSED_OVER.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? sourceFiles(root, path) : [path]
    })
    .sort()
