import {events} from '../../abi/eas'
import {buildAskingLayout, buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {readRecord, recordQuestion} from './record'

/**
 * Who attested what kind of thing about whom; what exactly, and until when, is asked of the registry. EAS lets only the attester revoke.
 * Anybody may attest anything: whom to believe is the reader's to say.
 */
export const eas: Standard = {
  name: 'eas',
  title: 'Ethereum Attestation Service',
  source: 'https://github.com/ethereum-attestation-service/eas-contracts',
  layouts: [
    buildAskingLayout(events.Attested, {
      asks: ({uid}, {address}) => [recordQuestion(address, parseHash32(uid))],
      decode: ({recipient, attester, uid, schemaUID}, _log, [answer]) => {
        const {collection, ...known} = readRecord(parseHash32(uid), answer)
        return [
          {
            type: 'attestation.made',
            uid: parseHash32(uid),
            attester: parseAddress(attester),
            subject: collection ?? (recipient === ZERO_ADDRESS ? null : parseAddress(recipient)),
            schema: schemaUID === ZERO_HASH ? null : parseHash32(schemaUID),
            score: null,
            tag: null,
            uri: null,
            ...known,
          },
        ]
      },
    }),
    buildLayout(events.Revoked, ({attester, uid}) => [{type: 'attestation.revoked', uid: parseHash32(uid), by: parseAddress(attester)}]),
  ],
}
