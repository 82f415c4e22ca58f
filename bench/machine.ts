/** What a measurement was made on: without it no number can be read. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { median } from './quantile.ts'

export interface MachineFacts {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  /** Microseconds that a write of 100 bytes and its fdatasync take. */
  readonly syncedWrite: number
}

export function machineFacts(): MachineFacts {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    syncedWrite: Math.round(syncedWrite()),
  }
}

function syncedWrite(): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-bench-'))
  const file = fs.openSync(path.join(folder, 'probe'), 'a')
  try {
    const bytes = new Uint8Array(100)
    const times = Array.from({ length: 100 }, () => {
      const start = performance.now()
      fs.writeSync(file, bytes)
      fs.fdatasyncSync(file)
      return (performance.now() - start) * 1000
    })
    return median(times)
  } finally {
    fs.closeSync(file)
    fs.rmSync(folder, { recursive: true })
  }
}
