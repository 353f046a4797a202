/** Entries of one step: what bounds its time and its transaction. */
export const STEP = 5_000

/** What a step journaled. */
export type Step = Readonly<{appended: number; retracted: number /** Whether there was more than a step holds. */; isFull: boolean}>

export const NO_STEP: Step = {appended: 0, retracted: 0, isFull: false}

export const addSteps = (a: Step, b: Step): Step => ({
  appended: a.appended + b.appended,
  retracted: a.retracted + b.retracted,
  isFull: a.isFull || b.isFull,
})
