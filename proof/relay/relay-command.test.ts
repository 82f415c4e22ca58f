import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RelayHub } from '../../main/replication/relay/relay-hub.ts'
import { suite, until, WORLD } from './relay.fixture.ts'
import { CERTIFICATE, KEY } from './tls.fixture.ts'

/** Each test starts a whole program; on a busy machine that takes a while. */
vi.setConfig({ testTimeout: 120_000 })

const COMMAND_LINE = path.resolve(import.meta.dirname, '../../app/cli.ts')

let folder: string
const clearing: (() => void)[] = []

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-relay-'))
})

afterEach(() => {
  for (const clear of clearing.splice(0)) clear()
  fs.rmSync(folder, { recursive: true, force: true })
})

class Run {
  out = ''
  err = ''
  code: number | null = null
  readonly child: ChildProcess

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [COMMAND_LINE, 'relay', ...args], { cwd: folder })
    this.child.stdout?.on('data', (data: Buffer) => (this.out += data.toString()))
    this.child.stderr?.on('data', (data: Buffer) => (this.err += data.toString()))
    this.child.on('close', (code) => (this.code = code ?? 1))
    clearing.push(() => this.child.kill('SIGKILL'))
  }

  get port(): number {
    return Number(/"port":(\d+)/.exec(this.out)?.[1] ?? 0)
  }
}

async function vaultAt(url: string, certificates?: string): Promise<unknown> {
  const setting = certificates === undefined ? {} : { certificates }
  const hub = new RelayHub({ ...WORLD, setting })
  clearing.push(() => hub.stop())
  return await hub.relay(url).getVault(suite.random(32))
}

describe('sheaf relay', () => {
  it('RELAY-32: runs a relay until it is told to end, and ends without a complaint', async () => {
    const run = new Run(['--data', 'mail', '--port', '0'])
    await until('it listens', () => run.port > 0, 60_000)
    expect(await vaultAt(`ws://127.0.0.1:${run.port}`)).toBeNull()
    run.child.kill('SIGTERM')
    await until('it ended', () => run.code !== null, 30_000)
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' })
    expect(
      run.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toEqual(['listening', 'ending', 'ended'])
  })

  it('RELAY-2: with a certificate it encrypts; one that nobody vouches for, or for another name, is said to be one', async () => {
    fs.writeFileSync(path.join(folder, 'cert.pem'), CERTIFICATE)
    fs.writeFileSync(path.join(folder, 'key.pem'), KEY)
    const run = new Run(['--data', 'mail', '--port', '0', '--cert', 'cert.pem', '--key', 'key.pem'])
    await until('it listens', () => run.port > 0, 60_000)
    expect(await vaultAt(`wss://127.0.0.1:${run.port}`, CERTIFICATE)).toBeNull()
    expect(await vaultAt(`wss://127.0.0.1:${run.port}`)).toBe('certificate')
    expect(await vaultAt(`ws://127.0.0.1:${run.port}`)).not.toBeNull()
  })

  it('RELAY-29: says in one sentence what is wrong, in both languages how it is used, and a port that is taken', async () => {
    const lacking = new Run([])
    const asked = new Run(['--help'])
    await until('both ended', () => lacking.code !== null && asked.code !== null, 60_000)
    expect(lacking.err).toBe(
      'sheaf: The relay’s configuration is not right: the folder for the mailbox must be given (--data).\n',
    )
    expect(asked.out).toContain('Führt ein Relais aus')
    const first = new Run(['--data', 'mail', '--port', '0'])
    await until('it listens', () => first.port > 0, 60_000)
    const second = new Run(['--data', 'other', '--port', String(first.port)])
    await until('it ended', () => second.code !== null, 60_000)
    expect(second.err).toMatch(/^sheaf: The relay can’t listen on port \d+: .*EADDRINUSE/)
    expect(second.code).toBe(1)
  })
})
