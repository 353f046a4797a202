// Folders of src/standards -> src/standards/registry.ts. A folder `my-standard` holds myStandard.ts, which exports `myStandard`.
import {existsSync, readdirSync, writeFileSync} from 'node:fs'

const ROOT = 'src/standards'
const exportName = (folder) => folder.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())

const standards = readdirSync(ROOT, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map((entry) => ({folder: entry.name, name: exportName(entry.name)}))
  .sort((a, b) => (a.folder < b.folder ? -1 : 1))

for (const {folder, name} of standards) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(folder)) throw new Error(`${ROOT}/${folder}: a standard's folder is named in kebab-case`)
  if (!existsSync(`${ROOT}/${folder}/${name}.ts`)) throw new Error(`${ROOT}/${folder}: ${name}.ts, the standard itself, is missing`)
}

writeFileSync(
  `${ROOT}/registry.ts`,
  `// Generated from the folders of src/standards by \`npm run codegen\`; never edited.
import type {Standard} from '../domain/standard'
${standards.map(({folder, name}) => `import {${name}} from './${folder}/${name}'\n`).join('')}
/** Every standard, by folder name: the order in which they are asked when two claim the same log. */
export const STANDARDS: readonly Standard[] = [
${standards.map(({name}) => `  ${name},\n`).join('')}]
`,
)
