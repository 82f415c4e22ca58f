/** A peer as the proof sees it: a process in a network of its own, that is told what to do and says what happens. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TransportStatus } from '../../main/replication/transport.ts'
import type { Namespace } from './namespaces.ts'
import { TalkingProcess } from './talking-process.ts'

export interface PeerSetup {
  readonly folder: string
  /** Of the person, and the name the computer says it has. */
  readonly name: string
  readonly host: string
  readonly rows: readonly { readonly op: string; readonly hash: string; readonly sig: string }[]
  readonly key: string
  readonly userRoot: string
  readonly deviceSeed: string
  /** Whether others are looked for. */
  readonly finding: boolean
}

export type Order =
  | { readonly do: 'type' | 'title'; readonly text: string }
  | { readonly do: 'dial'; readonly address: string }
  /** Keeps a desk for the invite of this seed; asks at the desk of it, wherever it is. */
  | { readonly do: 'serve' | 'knock'; readonly seed: string }
  | { readonly do: 'where' | 'leave' }

export type News =
  | { readonly text: string }
  | { readonly status: TransportStatus }
  | { readonly linked: number }
  | { readonly addresses: readonly string[] }
  /** How many rows a desk answered with, or why not. */
  | { readonly answer: number | string }
  | { readonly error: string }

const PROCESS = fileURLToPath(new URL('./peer-process.ts', import.meta.url))

export class Peer extends TalkingProcess<Order, News> {
  text = ''
  status: TransportStatus = { state: 'off', problem: null }
  links = 0
  addresses: readonly string[] = []
  answer: number | string | null = null

  constructor(namespace: Namespace, setupFile: string, { host, folder }: PeerSetup) {
    const compiled = path.join(folder, '..', 'compiled')
    super({ namespace, host, compiled, program: [PROCESS, setupFile], hear: (news) => this.hear(news) })
  }

  async leave(): Promise<void> {
    await this.end({ do: 'leave' })
  }

  private hear(news: News): void {
    if ('text' in news) this.text = news.text
    else if ('status' in news) this.status = news.status
    else if ('linked' in news) this.links = news.linked
    else if ('addresses' in news) this.addresses = news.addresses
    else if ('answer' in news) this.answer = news.answer
    else this.errors.push(news.error)
  }
}
