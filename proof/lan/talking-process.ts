/** A process on a computer of its own that is told what to do, and says what happens, in lines of JSON. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import readline from 'node:readline'
import type { Namespace } from './namespaces.ts'

/** What the person at each of these computers is called there: nobody else may hear it. */
export const USER = 'sheaf-planted-user'

export class TalkingProcess<Order, News> {
  readonly errors: string[] = []
  private readonly child: ChildProcess
  private isOver = false

  /** `host`: what the computer says its name is; `compiled`: a folder where sources are kept as they are run. */
  constructor(parts: {
    namespace: Namespace
    host: string
    compiled: string
    program: readonly string[]
    hear: (news: News) => void
  }) {
    const { namespace, host, compiled, program, hear } = parts
    const named = ['unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', host, process.execPath]
    const [command, args] = namespace.command(named.concat(program))
    const env = { ...process.env, USER, LOGNAME: USER, NODE_COMPILE_CACHE: compiled }
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
    this.child.once('exit', (code) => {
      this.isOver = true
      if (code !== 0 && code !== null) this.errors.push(`it ended with ${code}`)
    })
    const { stdin, stdout, stderr } = this.child
    if (stdin === null || stdout === null || stderr === null) throw new Error('It can’t be talked with.')
    // One that has ended hears nothing more, and that is said above.
    stdin.on('error', () => undefined)
    readline.createInterface({ input: stdout }).on('line', (line) => hear(JSON.parse(line) as News))
    stderr.setEncoding('utf8').on('data', (piece: string) => this.errors.push(piece))
  }

  tell(order: Order): void {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`)
  }

  /** The computer sleeps, and wakes up. */
  sleep(): void {
    this.child.kill('SIGSTOP')
  }

  wake(): void {
    this.child.kill('SIGCONT')
  }

  /** Tells it to end, with the order that means so. */
  async end(order: Order): Promise<void> {
    if (this.isOver) return
    const over = once(this.child, 'exit')
    this.tell(order)
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000)
    await over
    clearTimeout(late)
  }
}
