import {apiError} from '../errors'
import type {AsOf} from './asOf'

/** @throws a coded error where a field that only knows the present is asked of the past: silence would answer with the wrong time */
export function presentOnly({asOf}: Readonly<{asOf: AsOf | null}>, field: string): void {
  if (asOf !== null) throw apiError('AS_OF_UNSUPPORTED', `${field} is not told of the past; ask for it without asOf`)
}
