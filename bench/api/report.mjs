// Medians of rounds as tables, and what they come to against the others.

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const mean = (ratios) => Math.exp(ratios.reduce((sum, r) => sum + Math.log(r), 0) / ratios.length)
const cell = (text, width = 22) => String(text).padStart(width)

/** `runs`: {api, question, connections, rate, p50, p99, errors, cpuPerRequest}. */
export function report(runs, apis) {
  const of = (api, question, connections, figure) =>
    median(runs.filter((r) => r.api === api && r.question === question && r.connections === connections).map((r) => r[figure]))
  const questions = [...new Set(runs.map((r) => r.question))]
  const lines = []
  for (const connections of [...new Set(runs.map((r) => r.connections))]) {
    lines.push(`\n${connections} connections: requests/s | p99 ms | CPU µs of the API a request`)
    lines.push(`${'question'.padEnd(28)}${apis.map((api) => cell(api)).join('')}`)
    for (const question of questions) {
      const cells = apis.map((api) => {
        const [rate, p99, cpu] = ['rate', 'p99', 'cpuPerRequest'].map((figure) => of(api, question, connections, figure))
        return cell(`${Math.round(rate)} | ${p99.toFixed(1)} | ${Math.round(cpu)}`)
      })
      lines.push(`${question.padEnd(28)}${cells.join('')}`)
    }
    for (const peer of apis.filter((api) => api !== 'ours' && apis.includes('ours'))) {
      const ratios = (figure) => questions.map((q) => of('ours', q, connections, figure) / of(peer, q, connections, figure))
      const [rate, p99, cpu] = [ratios('rate'), ratios('p99'), ratios('cpuPerRequest').map((r) => 1 / r)]
      lines.push(
        `ours to ${peer}: requests/s ${mean(rate).toFixed(2)} times (least ${Math.min(...rate).toFixed(2)}); p99 ${mean(p99).toFixed(2)} times (most ${Math.max(...p99).toFixed(2)}); by CPU ${mean(cpu).toFixed(2)} times (least ${Math.min(...cpu).toFixed(2)})`,
      )
    }
    if (apis.includes('ours') && questions.includes('page 1000 of transfers'))
      lines.push(
        `page 1000 to page 1: ${(of('ours', 'page 1 of transfers', connections, 'rate') / of('ours', 'page 1000 of transfers', connections, 'rate')).toFixed(2)} times the time`,
      )
  }
  const errors = runs.reduce((sum, r) => sum + r.errors, 0)
  lines.push(`\nrefused or failed requests: ${errors}`)
  return lines.join('\n')
}
