import {statfsSync} from 'node:fs'
import {totalmem} from 'node:os'

const MB = 1024 * 1024

/** For bulk loads and index look-ups on one machine that also runs everything else. */
export function workSettings(): readonly string[] {
  const shared = Math.round(Math.min(Math.max(totalmem() / 8, 128 * MB), 1024 * MB) / MB)
  const cached = Math.round(totalmem() / 2 / MB)
  return [
    `shared_buffers=${shared}MB`,
    `effective_cache_size=${cached}MB`,
    'work_mem=16MB',
    'maintenance_work_mem=256MB',
    'max_wal_size=4GB',
    // No replica follows it: what an index build writes goes to the disk once, without a copy in the log.
    'wal_level=minimal',
    'max_wal_senders=0',
    'checkpoint_timeout=15min',
    'random_page_cost=1.1',
    'jit=off',
  ]
}

/** What was committed is on the disk (fsync and synchronous_commit stay on). It listens on loopback only, and has no socket in the file system. */
export function serverSettings(port: number): readonly string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=100',
    `dynamic_shared_memory_type=${hasSmallSharedMemory() ? 'mmap' : 'posix'}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'cluster_name=provenance-indexer',
    ...workSettings(),
  ]
  return settings.flatMap((setting) => ['-c', setting])
}

/** Containers commonly have 64 MB of /dev/shm: parallel queries would fail for want of it. */
const hasSmallSharedMemory = (): boolean => {
  try {
    const {blocks, bsize} = statfsSync('/dev/shm')
    return blocks * bsize < 256 * MB
  } catch {
    return true
  }
}
