export type JsonObject = Readonly<{[key: string]: JsonValue}>
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
