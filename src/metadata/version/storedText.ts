const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** What PostgreSQL cannot hold, NUL and halves of surrogate pairs, becomes U+FFFD. */
export const toStoredText = (text: string): string => text.replace(UNSTORABLE, '\uFFFD')

/** JSON that jsonb takes: a text that was cut may end in half a pair. */
export const toStoredJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? toStoredText(inner) : inner))
