/** The command line as programs of their own beside Sheafs as the app makes them, over a relay's process and real sockets. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import type { Hubs } from '../../main/network/hubs.ts'
import { type Neighbour, Neighbourhood } from '../../main/network/neighbours.fixture.ts'
import { openHubs } from '../../main/network/open-hubs.ts'
import { readSheafFile } from '../../main/storage/read-sheaf-file.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { decodeInvite, encodeInvite } from '../../shared/sharing/invite-link.ts'
import type { InviteWish } from '../../shared/ipc/together.ts'

const COMMAND_LINE = path.resolve(import.meta.dirname, '../../app/cli.ts')
const RELAY = path.resolve(import.meta.dirname, '../relay/relay-process.ts')
/** A whole program is started each time; on a busy machine that takes a while. */
const PATIENCE = 90_000

export const TO_READ: InviteWish = { role: 'reader', uses: 1, hours: 1, approval: false }
const clock = { now: () => Date.now() }

export async function until(what: string, is: () => unknown, patience = PATIENCE): Promise<void> {
  const end = performance.now() + patience
  while ((await is()) !== true) {
    if (performance.now() > end) throw new Error(`It never came to be: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** `sheaf` with some arguments, in a process of its own. */
export class Program {
  out = ''
  err = ''
  code: number | null = null
  readonly child: ChildProcess

  constructor(place: string, args: readonly string[]) {
    // Its own home: locks and the usual store are the computer's, and this is another computer.
    const env = { ...process.env, HOME: place, XDG_CACHE_HOME: undefined, XDG_DATA_HOME: undefined }
    this.child = spawn(process.execPath, [COMMAND_LINE, ...args], { cwd: place, env })
    this.child.stdout?.on('data', (data: Buffer) => (this.out += data.toString()))
    this.child.stderr?.on('data', (data: Buffer) => (this.err += data.toString()))
    this.child.on('close', (code) => (this.code = code ?? -1))
  }

  /** What happened so far, of a program that was asked for JSON. */
  events(): readonly Record<string, unknown>[] {
    const whole = this.out.slice(0, this.out.lastIndexOf('\n') + 1)
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  said(event: string): boolean {
    return this.events().some((one) => one['event'] === event)
  }

  async ended(): Promise<number | null> {
    await until('it ended', () => this.code !== null)
    return this.code
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal)
    return await this.ended()
  }
}

/** The home server: a folder, and the programs that run there. */
export class Server {
  readonly place: string
  readonly file: string
  private readonly programs: Program[] = []

  constructor(place: string) {
    this.place = place
    fs.mkdirSync(place)
    this.file = path.join(place, 'kept.sheaf')
  }

  run(...args: string[]): Program {
    const program = new Program(this.place, args)
    this.programs.push(program)
    return program
  }

  sync(...args: string[]): Program {
    return this.run('sync', 'kept.sheaf', '--json', ...args)
  }

  async join(link: string, ...args: string[]): Promise<Program> {
    const program = this.run('join', link, 'kept.sheaf', '--name', 'Attic', '--json', ...args)
    const code = await program.ended()
    if (code !== 0) throw new Error(`It could not join: ${program.err}`)
    return program
  }

  /** What the file says, or null when there is none. */
  async text(): Promise<string | null> {
    if (!fs.existsSync(this.file)) return null
    const content = await readSheafFile(this.file)
    const shape = DetachedDocument.from({ suite, clock, appVersion: '0.1.0' }, content).shape()
    return shapeToText({ ...shape, title: '' }).trim()
  }

  clear(): void {
    for (const { child } of this.programs) child.kill('SIGKILL')
  }
}

/** A relay in a process of its own, that can be killed, wiped and started again at the same place. */
export class RelayProgram {
  url = ''
  private child: ChildProcess | null = null
  private readonly data: string

  constructor(data: string) {
    this.data = data
  }

  async start(): Promise<this> {
    this.child = spawn(process.execPath, [RELAY, this.data], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    this.child.stdout?.on('data', (data: Buffer) => (out += data.toString()))
    await until('the relay listens', () => out.includes('\n'))
    this.url = `ws://127.0.0.1:${out.trim()}`
    return this
  }

  clear(): void {
    this.child?.kill('SIGKILL')
  }
}

/** Sheafs with real ways; each listens at a port that is known. */
class RealNeighbourhood extends Neighbourhood {
  readonly ports = new Map<string, number>()

  override hubs(neighbour: Neighbour): Hubs {
    const silent = { info: () => undefined, error: () => undefined }
    const port = this.ports.get(neighbour.name)
    return openHubs({ suite, clock, logger: silent, secret: suite.random(32), ...(port === undefined ? {} : { port }) })
  }
}

export class World {
  readonly place = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-headless-'))
  readonly around = new RealNeighbourhood(path.join(this.place, 'people'))
  readonly server = new Server(path.join(this.place, 'server'))
  relay: RelayProgram | null = null

  async person(name: string): Promise<Neighbour> {
    this.around.ports.set(name, await freePort())
    return await this.around.neighbour(name)
  }

  /** A person with a document of some words, on a relay alone. */
  async onRelay(words: string): Promise<{ readonly alice: Neighbour; readonly id: string; readonly url: string }> {
    this.relay = await new RelayProgram(path.join(this.place, 'mailbox')).start()
    const { url } = this.relay
    const alice = await this.person('Alice')
    await alice.sheaf.settings.set({ lan: false })
    const id = await this.write(alice, words)
    await alice.sheaf.network.setWays(id, { relay: url, lan: false })
    return { alice, id, url }
  }

  async write(by: Neighbour, words: string): Promise<string> {
    const { documentId } = await by.sheaf.library.create('Letter')
    await by.show(documentId)
    await by.type(documentId, words)
    return documentId
  }

  async invite(by: Neighbour, id: string, wish: InviteWish = TO_READ): Promise<string> {
    return (await by.sheaf.sharing.invite(id, wish)).link
  }

  /** An invite that is taken on this computer itself, as on one network. */
  async nearInvite(by: Neighbour, id: string): Promise<string> {
    const invite = decodeInvite(await this.invite(by, id))
    return encodeInvite({ ...invite, addresses: [`127.0.0.1:${this.around.ports.get(by.name)}`] })
  }

  async clear(): Promise<void> {
    this.server.clear()
    await this.around.clear()
    this.relay?.clear()
    fs.rmSync(this.place, { recursive: true, force: true })
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
