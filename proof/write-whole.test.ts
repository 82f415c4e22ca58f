import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const MEGABYTE = 2 ** 20

test('a line longer than a pipe holds arrives whole, however late it is read', async () => {
  const program = `
    import net from 'node:net'
    import { writeWhole } from ${JSON.stringify(path.resolve('proof/write-whole.ts'))}
    new net.Socket({ fd: 1 })
    writeWhole(1, 'x'.repeat(${MEGABYTE}))
    process.exit(0)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.once('spawn', resolve))
  let read = 0
  child.stdout.on('data', (piece: Buffer) => {
    read += piece.length
    // Read slower than it is written, so that the pipe is full again and again.
    child.stdout.pause()
    setTimeout(() => child.stdout.resume(), 1)
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code).toBe(0)
  expect(read).toBe(MEGABYTE)
})
