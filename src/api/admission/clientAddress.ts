import type {IncomingMessage} from 'node:http'
import {BlockList, isIP} from 'node:net'
import ipaddr from 'ipaddr.js'

/** Where a request came from: what the connection says, unless a proxy that is trusted says more. */
export type AddressOf = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string

/** `trusted`: addresses and ranges of proxies whose X-Forwarded-For counts. Read from the right: what stands before the first stranger, anybody may have written. */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  const isTrusted = createRangeTest(trusted)
  return ({socket, headers}) => {
    let nearest = plain(socket?.remoteAddress ?? '')
    if (!isTrusted(nearest)) return nearest
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').slice(-MOST_HOPS)
    for (const hop of forwarded.reverse()) {
      if (isIP(hop.trim()) === 0) break
      nearest = plain(hop.trim())
      if (!isTrusted(nearest)) break
    }
    return nearest
  }
}

const MOST_HOPS = 20

/** IPv4 as IPv4, also where the socket speaks IPv6. */
const plain = (text: string): string => (text.startsWith('::ffff:') && isIP(text.slice(7)) === 4 ? text.slice(7) : text)

function createRangeTest(texts: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const text of texts) {
    const [base = '', bits] = text.split('/')
    const family = isIP(base) === 4 ? 'ipv4' : 'ipv6'
    list.addSubnet(base, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family)
  }
  return (address) => texts.length > 0 && isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** What counts as one client. Who has an IPv6 address has 2^64 of them. Null: this machine, which is not limited. */
export function clientOf(text: string): string | null {
  if (!ipaddr.isValid(text)) return text
  const address = ipaddr.process(text)
  if (address.range() === 'loopback') return null
  if (address.kind() === 'ipv4') return address.toString()
  return `${address
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}/64`
}
