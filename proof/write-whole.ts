/** Synchronous writing to a pipe that may be full: a plain `writeSync` fails there, or writes a part, when nobody reads for a while. */
import fs from 'node:fs'

/** Milliseconds until a full pipe is tried again. */
const PAUSE = 1

/** Returns when all of `text` is written; waits for the reader as long as it takes. */
export function writeWhole(file: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(file, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
    }
  }
}
