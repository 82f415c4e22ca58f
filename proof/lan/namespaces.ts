/**
 * Computers of their own on one machine: Linux network namespaces, joined by cables that can be pulled. Nothing of them
 * reaches the network of the machine, or any other.
 */
import { execFileSync } from 'node:child_process'
import process from 'node:process'

export class Namespace {
  readonly name: string

  constructor(name: string) {
    this.name = name
    ip('netns', 'add', name)
    this.do('link', 'set', 'lo', 'up')
  }

  command(inside: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, ...inside]]
  }

  plug(card: string, isIn: boolean): void {
    this.do('link', 'set', card, isIn ? 'up' : 'down')
  }

  /** Passes on what comes for others, like a router. */
  forward(): void {
    execFileSync('ip', ['netns', 'exec', this.name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])
  }

  route(network: string, via: string): void {
    this.do('route', 'add', network, 'via', via)
  }

  do(...args: string[]): void {
    ip('-n', this.name, ...args)
  }
}

interface Plug {
  readonly at: Namespace
  readonly card: string
  readonly address: string
}

/** Some computers and their cables, all of them gone after `clear`. */
export class MadeUpNetwork {
  private readonly made: Namespace[] = []
  private cables = 0

  computer(name: string): Namespace {
    const namespace = new Namespace(`sheaf-${process.pid}-${this.made.length}-${name}`)
    this.made.push(namespace)
    return namespace
  }

  cable(a: Plug, b: Plug): void {
    const number = `${process.pid % 100_000}${(this.cables += 1)}`
    const [one, two] = [`sfa${number}`, `sfb${number}`]
    ip('link', 'add', one, 'type', 'veth', 'peer', 'name', two)
    for (const [end, { at, card, address }] of [
      [one, a],
      [two, b],
    ] as const) {
      ip('link', 'set', end, 'netns', at.name)
      at.do('link', 'set', end, 'name', card)
      at.do('addr', 'add', address, 'dev', card)
      at.plug(card, true)
    }
  }

  clear(): void {
    // The cables go with them.
    for (const { name } of this.made.splice(0)) ip('netns', 'del', name)
  }
}

/** Why no such network can be made on this machine, in a sentence; null when it can. */
export function whyNoNetworks(): string | null {
  const rest =
    'two computers on a local network were not played: network namespaces need Linux, root, iproute2 and util-linux'
  if (process.platform !== 'linux') return `${rest}.`
  const network = new MadeUpNetwork()
  try {
    const [a, b] = [network.computer('a'), network.computer('b')]
    network.cable({ at: a, card: 'eth0', address: '10.77.0.1/24' }, { at: b, card: 'eth0', address: '10.77.0.2/24' })
    a.forward()
    const [command, args] = a.command(['unshare', '--uts', 'sh', '-c', 'hostname sheaf'])
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    return null
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause)
    return `${rest} (${said}).`
  } finally {
    network.clear()
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
