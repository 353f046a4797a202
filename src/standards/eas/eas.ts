import {events} from '../../abi/eas'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/**
 * Who attested what kind of thing about whom. An attestation about a token says which in its data, which is in no log, nor are expiry and
 * references: what the log says is stored. EAS lets only the attester revoke. Anybody may attest anything: whom to believe is the reader's to say.
 */
export const eas: Standard = {
  name: 'eas',
  title: 'Ethereum Attestation Service',
  source: 'https://github.com/ethereum-attestation-service/eas-contracts',
  layouts: [
    buildLayout(events.Attested, ({recipient, attester, uid, schemaUID}) => [
      {
        type: 'attestation.made',
        uid: parseHash32(uid),
        attester: parseAddress(attester),
        subject: recipient === ZERO_ADDRESS ? null : parseAddress(recipient),
        tokenId: null,
        schema: schemaUID === ZERO_HASH ? null : parseHash32(schemaUID),
        expiry: null,
        score: null,
        tag: null,
        contentHash: null,
        uri: null,
      },
    ]),
    buildLayout(events.Revoked, ({attester, uid}) => [{type: 'attestation.revoked', uid: parseHash32(uid), by: parseAddress(attester)}]),
  ],
}
