/** A relay as somebody runs it: the `sheaf relay` command in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { killTree } from './app.ts'

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/sheaf.mjs')

export class RunningRelay {
  readonly data: string
  port = 0
  /** Everything it said, a line of JSON a fact. */
  said = ''
  private child: ChildProcess | null = null

  private constructor(data: string) {
    this.data = data
  }

  static async start(): Promise<RunningRelay> {
    const relay = new RunningRelay(await mkdtemp(path.join(tmpdir(), 'sheaf-relay-')))
    await relay.startAgain()
    return relay
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  /** Starts it at the port it had, with what its folder holds. */
  async startAgain(): Promise<void> {
    const args = [SCRIPT, 'relay', '--data', this.data, '--port', String(this.port)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    this.child = child
    let line = ''
    const listening = new Promise<number>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        this.said += piece
        line += piece
        const port = /"event":"listening","port":(\d+)/.exec(line)?.[1]
        if (port !== undefined) resolve(Number(port))
      })
    })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The relay ended: ${errors}`)
    })
    this.port = await Promise.race([listening, ended])
    // It is ended by tests, which is no failure.
    ended.catch(() => undefined)
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const { child } = this
    this.child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    killTree(child)
    await gone
  }

  async remove(): Promise<void> {
    await this.kill()
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 })
  }
}
