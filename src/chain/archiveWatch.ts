import type {EvmBatchProcessor, FieldSelection} from '@subsquid/evm-processor'
import {replaceArchive} from './archivePlace'

/** How far an SQD gateway says that the chain is. Times in milliseconds. */
export type ArchiveView = Readonly<{
  /** Null: it has not told yet. */
  height: number | null
  /** When the height last grew. */
  movedAtMs: number | null
  /** When it last told; 0: never. Subsquid's runner asks every 20 s. */
  toldAtMs: number
}>

type Archive = {getFinalizedHeight: () => Promise<number>}

/**
 * Listens to what the processor's archive client hears: it asks again for ever where the gateway is away, and tells nobody.
 * @throws when this evm-processor has no such place
 */
export function watchArchive<F extends FieldSelection>(processor: EvmBatchProcessor<F>): () => ArchiveView {
  let view: ArchiveView = {height: null, movedAtMs: null, toldAtMs: 0}
  const hear = (height: number): number => {
    const now = Date.now()
    view = {height, movedAtMs: height > (view.height ?? -1) ? now : view.movedAtMs, toldAtMs: now}
    return height
  }
  replaceArchive<F, Archive>(processor, (open) => {
    const archive = open()
    const fetchHeight = archive.getFinalizedHeight.bind(archive)
    archive.getFinalizedHeight = async () => hear(await fetchHeight())
    return archive
  })
  return () => view
}
