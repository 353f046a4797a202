/** Who comes first: what somebody waits for, then what is alive, then the bounded rest. Stored as a number. */
export const ASKED = 0
export const ACTIVE = 1
export const BACKGROUND = 2
export type Priority = typeof ASKED | typeof ACTIVE | typeof BACKGROUND
