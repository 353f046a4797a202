import {readText} from '../../domain/text'

const ESCAPES: Readonly<Record<string, string>> = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'}

/** Story writes URIs as they stand inside a JSON string. What is no escape stays; what no text can hold becomes U+FFFD (readText). */
export function unescapeJson(text: string): string {
  const plain = text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, character: string | undefined) =>
    code === undefined ? (ESCAPES[character as string] ?? (character as string)) : String.fromCharCode(Number.parseInt(code, 16)),
  )
  return readText(Buffer.from(plain, 'utf8'))
}
