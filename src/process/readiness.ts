/** Whether a process does its work, and if not, why (INV-10). Asked at any time, never latched. `cause`: the reason as one of few words. */
export type Readiness = Readonly<{ready: boolean; reason: string | null; cause?: string; details?: Readonly<Record<string, unknown>>}>

export const READY: Readiness = {ready: true, reason: null}
export const notReady = (reason: string, details?: Readonly<Record<string, unknown>>): Readiness => ({ready: false, reason, details})
