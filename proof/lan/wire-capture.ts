/** A capture of everything that goes over the cables of a computer: by tcpdump, or by a few lines of Python where there is no tcpdump. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import type { Namespace } from './namespaces.ts'

const PYTHON = `
import socket, sys
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024 * 1024)
with open(sys.argv[1], 'wb') as kept:
    print('listening', flush=True)
    while True:
        kept.write(wire.recv(1 << 18))
        kept.flush()
`

export class WireCapture {
  private readonly child: ChildProcess
  private readonly file: string

  private constructor(child: ChildProcess, file: string) {
    this.child = child
    this.file = file
  }

  /** Null where there is neither. */
  static async begin(at: Namespace, file: string): Promise<WireCapture | null> {
    const program = isThere('tcpdump', '--version')
      ? ['tcpdump', '-i', 'any', '-s', '0', '-U', '-w', file, '-Z', 'root']
      : isThere('python3', '-c', 'import socket; socket.AF_PACKET')
        ? ['python3', '-c', PYTHON, file]
        : null
    if (program === null) return null
    const [command, args] = at.command(program)
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    // Both say that they listen, each in its way.
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')])
    return new WireCapture(child, file)
  }

  /** All bytes there were. */
  async end(): Promise<Buffer> {
    if (this.child.exitCode !== null) throw new Error(`The capture ended by itself: ${this.child.exitCode}.`)
    const over = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    await over
    return fs.readFileSync(this.file)
  }
}

function isThere(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
