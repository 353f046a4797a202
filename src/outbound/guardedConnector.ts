import type {LookupFunction} from 'node:net'
import {buildConnector} from 'undici'
import {createGuardedLookup, isPublicAddress, requirePublicHost} from './addressGuard'
import {RefusedAddress} from './refusedAddress'

type Options = Readonly<{timeoutMs: number; lookup?: LookupFunction | undefined}>

/** For strangers' URLs: judges literal addresses and every resolved one, and what the socket is really connected to. Fails with RefusedAddress. */
export function createGuardedConnector({timeoutMs, lookup}: Options): buildConnector.connector {
  const connect = buildConnector({timeout: timeoutMs, lookup: createGuardedLookup(lookup)} as buildConnector.BuildOptions)
  return (target, callback) => {
    try {
      requirePublicHost(target.hostname)
    } catch (error) {
      return callback(error as Error, null)
    }
    connect(target, (error, socket) => {
      if (error) return callback(error, null)
      const {remoteAddress} = socket
      if (remoteAddress && isPublicAddress(remoteAddress)) return callback(null, socket)
      socket.destroy()
      callback(
        new RefusedAddress('refused_address', `${target.hostname} is connected to ${remoteAddress}, which is not a public address`),
        null,
      )
    })
  }
}
