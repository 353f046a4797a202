/** What a request says, however it comes. */
export type WireParams = Readonly<{
  query?: string | null | undefined
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
  extensions?: Record<string, unknown> | undefined
}>
