const UNSTORABLE = /[\0\p{Surrogate}]/gu
/** NUL and halves of pairs as JSON.stringify writes them; also matches where a backslash is escaped itself, which costs only time. */
const ESCAPED = /\\u(0000|d[89a-f])/

/** What PostgreSQL cannot hold, NUL and halves of surrogate pairs, becomes U+FFFD. */
export const toStoredText = (text: string): string => text.replace(UNSTORABLE, '\uFFFD')

/** JSON that jsonb takes: a text that was cut may end in half a pair. */
export function toStoredJson(value: unknown): string {
  const text = JSON.stringify(value)
  return ESCAPED.test(text) ? JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? toStoredText(inner) : inner)) : text
}
