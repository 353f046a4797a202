import type {EvmBatchProcessor, FieldSelection} from '@subsquid/evm-processor'

/** Puts another archive, or its own one changed, where evm-processor makes its own. @throws when this evm-processor has no such place */
export function replaceArchive<F extends FieldSelection, A>(processor: EvmBatchProcessor<F>, make: (open: () => A) => unknown): void {
  if (!('getArchiveDataSource' in processor)) throw new Error('this version of evm-processor takes its archive from somewhere else')
  const open = (processor as unknown as {getArchiveDataSource: () => A}).getArchiveDataSource.bind(processor)
  Object.defineProperty(processor, 'getArchiveDataSource', {value: () => make(open)})
}
