/**
 * URLs of nodes and databases carry keys in the path, the query or the user info: what may be shown of one is its scheme, host and port.
 * A text that is no URL is not shown at all.
 */
export function redactUrl(url: string): string {
  try {
    const {protocol, host} = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return '<not a URL>'
  }
}

/** One name for each URL, in order; nodes of the same host are told apart by their place in the configuration. */
export function nameNodes(urls: readonly string[]): readonly string[] {
  const names = urls.map(redactUrl)
  return names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}#${i + 1}`))
}

const URL_IN_TEXT = /\b(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"'`<>()]*[^\s"'`<>(),.;:]/gi

/**
 * Any text that may hold URLs (an error of the HTTP stack, a proxy's page, a message of a library): each loses its secrets. Of `urls`, which
 * are known, the parts are looked for too, wherever they stand alone.
 */
export function redactText(text: string, urls: readonly string[] = []): string {
  let redacted = text
  for (const url of urls) {
    redacted = redacted.replaceAll(url, redactUrl(url))
    for (const secret of secretsOf(url)) redacted = redacted.replaceAll(secret, '***')
  }
  return redacted.replace(URL_IN_TEXT, redactUrl)
}

function secretsOf(url: string): readonly string[] {
  try {
    const {pathname, search, username, password} = new URL(url)
    const parts = [...pathname.split('/'), ...search.slice(1).split(/[=&]/), username, password]
    return parts.filter((part) => part.length >= 8)
  } catch {
    return [url]
  }
}
