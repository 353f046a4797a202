import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** The project's folder, seen from the built file. */
export const ROOT = join(__dirname, '../..')

export const {version: VERSION} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Readonly<{version: string}>
