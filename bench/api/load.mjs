// Load over kept-alive connections: one request at a time on each, as fast as answers come.
import {connect} from 'node:net'

/** `requests`: whole HTTP messages, taken in turn, `most` of them in all. Answers with requests/s and times in milliseconds. */
export async function load({port, requests, connections, seconds, most = Number.POSITIVE_INFINITY}) {
  const times = []
  let next = 0
  let errors = 0
  const until = performance.now() + seconds * 1000
  const started = performance.now()
  const one = () =>
    new Promise((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      let begun = 0
      const send = () => {
        if (performance.now() >= until || next >= most) return socket.end()
        begun = performance.now()
        socket.write(requests[next++ % requests.length])
      }
      const read = createReader((isGood) => {
        times.push(performance.now() - begun)
        if (!isGood) errors++
        send()
      })
      socket.on('connect', send).on('data', read)
      socket.on('error', () => errors++).on('close', done)
    })
  await Promise.all(Array.from({length: connections}, one))
  const elapsed = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN
  return {rate: times.length / elapsed, p50: at(0.5), p99: at(0.99), errors, requests: times.length}
}

/** Finds where answers end, by length or by chunks; looks at no more of them than their status and whether they speak of errors. */
function createReader(answered) {
  let held = null
  return (chunk) => {
    const data = held ? Buffer.concat([held, chunk]) : chunk
    const head = data.indexOf('\r\n\r\n')
    const end = head < 0 ? -1 : endOf(data, head)
    if (end < 0 || data.length < end) return void (held = data)
    held = null
    answered(data.subarray(9, 12).toString('latin1') === '200' && data.indexOf('"errors":', head) < 0)
  }
}

function endOf(data, head) {
  const length = /content-length: (\d+)/i.exec(data.toString('latin1', 0, head))
  if (length) return head + 4 + Number(length[1])
  return data.subarray(-5).equals(Buffer.from('0\r\n\r\n')) ? data.length : -1
}

export const postOf = (path, body) =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
export const getOf = (path) => Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\r\n`)
