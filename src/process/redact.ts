/** RPC and database URLs carry keys: only the scheme and the host are for other eyes. */
export function redactUrl(url: string): string {
  try {
    const {protocol, host} = new URL(url)
    return `${protocol}//${host}/…`
  } catch {
    return '(not a URL)'
  }
}

const URL_IN_TEXT = /\b(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"'`<>()]+/gi

/** The same for every URL inside a message of a library. */
export const redactText = (text: string): string => text.replace(URL_IN_TEXT, redactUrl)
