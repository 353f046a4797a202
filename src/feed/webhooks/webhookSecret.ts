import {createCipheriv, createDecipheriv, createHash, randomBytes} from 'node:crypto'
import {Webhook} from 'standardwebhooks'

/** Keeps secrets as bytes that are of no use without the key. Without one they are kept as they are. */
export type SecretBox = Readonly<{seal: (secret: string) => Buffer; open: (sealed: Buffer) => string}>

const [PLAIN, SEALED] = [0, 1]
const [IV, TAG] = [12, 16]

/** `key`: WEBHOOK_KEY, any text with enough randomness; null: secrets are stored as they are. */
export function createSecretBox(key: string | null): SecretBox {
  const bytes = key === null ? null : createHash('sha256').update(key).digest()
  return {
    seal: (secret) => {
      if (!bytes) return Buffer.concat([Buffer.from([PLAIN]), Buffer.from(secret)])
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', bytes, iv)
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([SEALED]), iv, cipher.getAuthTag(), text])
    },
    open: (sealed) => {
      if (sealed[0] === PLAIN) return sealed.subarray(1).toString()
      if (!bytes) throw new Error('the webhook secret is encrypted: set WEBHOOK_KEY to what it was when the secret was made')
      const decipher = createDecipheriv('aes-256-gcm', bytes, sealed.subarray(1, 1 + IV))
      decipher.setAuthTag(sealed.subarray(1 + IV, 1 + IV + TAG))
      return Buffer.concat([decipher.update(sealed.subarray(1 + IV + TAG)), decipher.final()]).toString()
    },
  }
}

/** As the Standard Webhooks specification writes it: 24 to 64 random bytes. */
export const generateSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

type Message = Readonly<{id: string; body: string; at: Date}>

/** https://www.standardwebhooks.com: one signature for each secret that holds, so that a receiver may change over when it likes. */
export const signatureHeaders = ({id, body, at}: Message, secrets: readonly string[]): Readonly<Record<string, string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
})
