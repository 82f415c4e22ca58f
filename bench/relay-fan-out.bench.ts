/** A keystroke's way to everybody else: over Sheaf's relay, which syncs it to a disk, beside servers that keep it in memory. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SharedDocument } from '../main/replication/shared-document.fixture.ts'
import type { Bench } from './bench.ts'
import { gather, type Join, traffic, writeTogether } from './fan-out/crowd.ts'
import { joinRelay } from './fan-out/join-relay.ts'
import { joinYjs } from './fan-out/join-yjs.ts'
import { figureLine, type Line, ratioLine } from './line.ts'
import { quantile } from './quantile.ts'

const OTHERS = ['y-websocket', 'hocuspocus'] as const
const SERVERS = ['relay', ...OTHERS] as const
type Server = (typeof SERVERS)[number]

/** Writers, and keys each types a second: together they fill no core on any machine that is in use today. */
const CROWDS = [
  { size: 2, pace: 8 },
  { size: 20, pace: 4 },
  { size: 100, pace: 0.5 },
] as const
const SECONDS = 10

interface Measured {
  readonly p50: number
  readonly p99: number
  readonly deliveriesPerSecond: number
  readonly bytesPerDelivery: number
  readonly memoryPerMember: number
}

export const relayFanOut: Bench = {
  name: 'relay-fan-out',
  async run() {
    const lines: Line[] = []
    for (const { size, pace } of CROWDS) {
      const measured = new Map<Server, Measured>()
      for (const server of SERVERS) measured.set(server, await measure(server, size, pace))
      lines.push(...OTHERS.flatMap((other) => compare(size, other, measured)))
      const ours = of(measured, 'relay')
      const name = `relay-${size}-deliveries`
      lines.push(
        figureLine({ name, what: `${size} writers, deliveries`, unit: 'a second' }, [ours.deliveriesPerSecond]),
      )
    }
    return lines
  },
}

function compare(size: number, other: (typeof OTHERS)[number], measured: ReadonlyMap<Server, Measured>): Line[] {
  const [ours, theirs] = [of(measured, 'relay'), of(measured, other)]
  const line = (what: string, unit: 'ms' | 'bytes', value: (one: Measured) => number): Line =>
    ratioLine(
      {
        name: `relay-${size}-${what.replaceAll(' ', '-')}-${other}`,
        what: `${size} writers, ${what}`,
        unit,
        against: other,
        tolerance: 3,
      },
      [{ ours: value(ours), theirs: value(theirs) }],
    )
  return [
    line('key to peer p50', 'ms', ({ p50 }) => p50),
    line('key to peer p99', 'ms', ({ p99 }) => p99),
    line('traffic per delivery', 'bytes', ({ bytesPerDelivery }) => bytesPerDelivery),
    ...(size === 100 ? [line('memory per member', 'bytes', ({ memoryPerMember }) => memoryPerMember)] : []),
  ]
}

async function measure(server: Server, size: number, pace: number): Promise<Measured> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-bench-'))
  const { child, port } = await start(server, folder)
  try {
    const join: Join = server === 'relay' ? joinRelay(new SharedDocument()) : joinYjs(server)
    const empty = memoryOf(child)
    const crowd = await gather(`ws://127.0.0.1:${port}`, size, join)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const before = traffic(crowd)
    const seconds = await writeTogether(crowd, pace, SECONDS)
    const moved = traffic(crowd) - before
    const full = memoryOf(child)
    for (const { socket } of crowd.members) socket.terminate()
    const { delays } = crowd
    return {
      p50: quantile(delays, 0.5),
      p99: quantile(delays, 0.99),
      deliveriesPerSecond: delays.length / seconds,
      bytesPerDelivery: moved / delays.length,
      memoryPerMember: (full - empty) / size,
    }
  } finally {
    child.kill('SIGKILL')
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function of(measured: ReadonlyMap<Server, Measured>, server: Server): Measured {
  const found = measured.get(server)
  if (found === undefined) throw new Error(`Broken invariant: ${server} was not measured`)
  return found
}

function start(server: Server, folder: string): Promise<{ child: ChildProcess; port: number }> {
  const file = path.join(import.meta.dirname, 'fan-out', 'server-process.ts')
  const child = spawn(process.execPath, [file, server, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${server} ended with ${String(code)} before it began.`)))
    child.stdout?.on('data', (data: Buffer) => {
      const port = /port (\d+)/.exec(data.toString())?.[1]
      if (port !== undefined) resolve({ child, port: Number(port) })
    })
  })
}

/** Bytes of a process in memory; 0 where the system does not say. */
function memoryOf(child: ChildProcess): number {
  const file = `/proc/${String(child.pid)}/status`
  if (!fs.existsSync(file)) return 0
  return Number(/VmRSS:\s+(\d+) kB/.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024
}
