import dns from 'node:dns'
import {isIP, type LookupFunction} from 'node:net'
import ipaddr from 'ipaddr.js'
import {RefusedAddress} from './refusedAddress'

/** Public by its number, and yet answered inside: the wire server of Azure's virtual machines. */
const INSIDE: ReadonlySet<string> = new Set(['168.63.129.16'])
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address may be connected to for a stranger: ordinary unicast of the internet. Not loopback, private, link-local (cloud metadata),
 * carrier-grade NAT, documentation, multicast, nor IPv6 that carries an IPv4 address (mapped, NAT64, 6to4, Teredo, ISATAP): where such a one
 * ends is decided by a translator nobody here knows.
 */
export function isPublicAddress(text: string): boolean {
  const address = text.split('%')[0] ?? ''
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast' || INSIDE.has(parsed.toString())) return false
  if (parsed.kind() === 'ipv4') return true
  const v6 = parsed as ipaddr.IPv6
  const isIsatap = v6.parts[5] === 0x5efe && ((v6.parts[4] ?? 0) & ~0x200) === 0
  return v6.match(GLOBAL_UNICAST) && !isIsatap
}

/** @throws RefusedAddress when `host` is an address, in brackets or not, that may not be connected to. Names are judged when resolved. */
export function requirePublicHost(host: string): void {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw refusedAddress(bare, bare)
}

const refusedAddress = (host: string, address: string): RefusedAddress =>
  new RefusedAddress(
    'refused_address',
    host === address ? `${address} is not a public address` : `${host} leads to ${address}, which is not a public address`,
  )

/**
 * A lookup for connecting that hands over addresses only when every one of them is public: what was checked is what is connected to, so a
 * name that answers differently the second time gains nothing.
 */
export const createGuardedLookup =
  (resolve: LookupFunction = dns.lookup as LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, {...options, all: true}, (error, found) => {
      if (error) return callback(error, '', 0)
      const addresses = Array.isArray(found) ? found : [{address: found, family: isIP(found)}]
      const refused = addresses.find(({address}) => !isPublicAddress(address))
      const [first] = addresses
      if (refused) return callback(refusedAddress(hostname, refused.address), '', 0)
      if (!first) return callback(new RefusedAddress('dns', `${hostname} has no address`), '', 0)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
