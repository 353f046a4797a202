import type {ConfigProblem} from './configError'

type Environment = Readonly<Record<string, string | undefined>>

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

/** `${NAME}` and `${NAME:-default}` in every string of a parsed file. An empty variable counts as unset, as in a shell's `:-`. */
export function substituteEnvironment(value: unknown, env: Environment): Readonly<{value: unknown; problems: readonly ConfigProblem[]}> {
  const problems: ConfigProblem[] = []
  const walk = (node: unknown, path: string): unknown => {
    if (typeof node === 'string') return substitute(node, path, env, problems)
    if (Array.isArray(node)) return node.map((item, i) => walk(item, `${path}[${i}]`))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item, path ? `${path}.${key}` : key)]))
  }
  return {value: walk(value, ''), problems}
}

const substitute = (text: string, path: string, env: Environment, problems: ConfigProblem[]): string =>
  text.replace(REFERENCE, (_, name: string, fallback: string | undefined) => {
    const found = env[name] || fallback
    if (found === undefined)
      problems.push({path, message: `the environment variable ${name} is not set; set it, or write \${${name}:-default}`})
    return found ?? ''
  })
