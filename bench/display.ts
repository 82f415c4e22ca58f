/** A screen for windows: the person's own, or on a Linux machine without one a virtual one, until the work is done. */
import { spawn } from 'node:child_process'

export async function withDisplay<T>(work: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] !== undefined) return work({})
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  try {
    const number = await new Promise<string>((resolve, reject) => {
      server.once('error', reject)
      server.once('exit', () => reject(new Error('The virtual display (Xvfb) did not start.')))
      server.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()))
    })
    return await work({ DISPLAY: `:${number}` })
  } finally {
    server.kill()
  }
}
