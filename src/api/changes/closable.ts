/**
 * A generator that can be left while it waits: its own `return` waits in line behind the `next` that waits, perhaps for ever. `stop` makes
 * what it waits for end.
 */
export function createClosable<T>(inner: AsyncGenerator<T, void, void>, stop: () => void): AsyncIterableIterator<T> {
  const closable: AsyncIterableIterator<T> = {
    next: () => inner.next(),
    return: () => {
      stop()
      return inner.return()
    },
    throw: (error: unknown) => {
      stop()
      return inner.throw(error)
    },
    [Symbol.asyncIterator]: () => closable,
  }
  return closable
}
