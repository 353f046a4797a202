/** Whether a process does its work, and if not, why (INV-10). Asked at any time, never latched. */
export type Readiness = Readonly<{ready: boolean; reason: string | null; details?: Readonly<Record<string, unknown>>}>

export const READY: Readiness = {ready: true, reason: null}
export const notReady = (reason: string, details?: Readonly<Record<string, unknown>>): Readiness => ({ready: false, reason, details})
