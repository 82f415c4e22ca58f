/**
 * Two people with whole Sheafs on two computers, and nothing between them but a cable: one shares a document, the other
 * joins by the invite, they write, one is removed.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TransportStatus } from '../../main/replication/transport.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { MadeUpNetwork, type Namespace } from './namespaces.ts'
import { TalkingProcess } from './talking-process.ts'

export type PersonOrder =
  | { readonly do: 'create'; readonly title: string }
  | { readonly do: 'join'; readonly link: string }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'invite' | 'remove' | 'leave' }

export type PersonNews =
  | { readonly ready: true }
  | { readonly text: string }
  | { readonly link: string }
  | { readonly lan: TransportStatus }
  | { readonly error: string }

const PROCESS = fileURLToPath(new URL('./sheaf-process.ts', import.meta.url))
/** Milliseconds, on a machine that may be busy with other things. */
const PATIENCE = 30_000

class Person extends TalkingProcess<PersonOrder, PersonNews> {
  isReady = false
  text: string | null = null
  link: string | null = null
  lan: TransportStatus = { state: 'off', problem: null }

  constructor(namespace: Namespace, folder: string, name: string) {
    const program = [PROCESS, path.join(folder, name), name]
    const compiled = path.join(folder, 'compiled')
    super({ namespace, host: `planted-computer-${name}`, compiled, program, hear: (news) => this.hear(news) })
  }

  private hear(news: PersonNews): void {
    if ('ready' in news) this.isReady = true
    else if ('text' in news) this.text = news.text
    else if ('link' in news) this.link = news.link
    else if ('lan' in news) this.lan = news.lan
    else this.errors.push(news.error)
  }
}

export async function playTwoPeople(folder: string, judgement: Judgement): Promise<Readonly<Record<string, number>>> {
  fs.mkdirSync(folder)
  const network = new MadeUpNetwork()
  const people: Person[] = []
  const come = async (what: string, isSo: () => boolean): Promise<number> => {
    const begun = Date.now()
    while (!isSo() && Date.now() - begun < PATIENCE) await pause(20)
    if (!isSo()) throw new Error(`in vain: ${what}`)
    judgement.checks += 1
    return Date.now() - begun
  }
  try {
    const [a, b] = [network.computer('a'), network.computer('b')]
    network.cable({ at: a, card: 'eth0', address: '10.77.0.1/24' }, { at: b, card: 'eth0', address: '10.77.0.2/24' })
    const [alice, bob] = [new Person(a, folder, 'alice'), new Person(b, folder, 'bob')]
    people.push(alice, bob)
    const has = (one: Person, word: string) => () => one.text?.includes(word) === true
    await come('two Sheafs begin', () => alice.isReady && bob.isReady)
    alice.tell({ do: 'create', title: 'Between two' })
    await come('a document is made', () => alice.text !== null)
    alice.tell({ do: 'type', text: 'before anybody came' })
    alice.tell({ do: 'invite' })
    await come('there is an invite', () => alice.link !== null)
    bob.tell({ do: 'join', link: alice.link ?? '' })
    const joining = await come('who joined has the words', has(bob, 'before anybody came'))
    bob.tell({ do: 'type', text: 'from bob' })
    await come('who shared has the other’s words', has(alice, 'from bob'))
    a.plug('eth0', false)
    alice.tell({ do: 'type', text: 'alice alone' })
    bob.tell({ do: 'type', text: 'bob alone' })
    await come('the cable is missed', () => alice.lan.state !== 'connected' && bob.lan.state !== 'connected')
    a.plug('eth0', true)
    await come('both have what was written apart', () => has(alice, 'bob alone')() && has(bob, 'alice alone')())
    alice.tell({ do: 'remove' })
    const telling = await come('who was removed is told', () => bob.lan.problem === 'revoked')
    alice.tell({ do: 'type', text: 'for alice only' })
    await come('who is left writes on', has(alice, 'for alice only'))
    await pause(3000)
    judgement.equal('who was removed hears nothing more', has(bob, 'for alice only')(), false)
    return { 'ms from invite to words': joining, 'ms until the removed is told': telling }
  } catch (cause) {
    judgement.breaches.push(`two people: ${cause instanceof Error ? cause.message : String(cause)}`)
    return {}
  } finally {
    await Promise.all(people.map((person) => person.end({ do: 'leave' })))
    for (const { errors } of people) judgement.equal('errors of a Sheaf', errors.join(' '), '')
    network.clear()
  }
}
