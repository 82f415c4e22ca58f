/** Relays killed in the middle of what is sent to them: whatever they acknowledged is there when they are started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { Scribe, SharedDocument } from '../../main/replication/shared-document.fixture.ts'
import { Mailbox } from '../../relay/mailbox/mailbox.ts'
import { sealRecord } from '../../shared/protocol/envelope.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import type { Random } from '../seeded-random.ts'
import { Bare } from './bare.fixture.ts'

/** Records sent before anything is acknowledged, and in all. */
const VOLLEY = 20
const MOST = 2000

interface Sent {
  readonly writer: Uint8Array
  readonly ids: readonly string[]
  acknowledged: number
}

/** Starts a relay in `folder`, sends to it, kills it at a random moment, and looks at its mailbox. */
export async function killRelay(
  folder: string,
  document: SharedDocument,
  random: Random,
  before: readonly Sent[],
  judgement: Judgement,
): Promise<Sent> {
  const { child, port } = await startRelay(folder)
  const key = { epoch: 1, key: suite.random(32) }
  const scribe = new Scribe(document.documentId, document.founder.member)
  const bare = new Bare(`ws://127.0.0.1:${port}`)
  const sent = { writer: scribe.key.publicKey, ids: [] as string[], acknowledged: 0 }
  const chan = await bare.open(document)
  const push = (count: number): void => {
    const records = Array.from({ length: Math.min(count, MOST - sent.ids.length) }, () => scribe.write(0))
    if (records.length === 0) return
    sent.ids.push(...records.map(({ recId }) => Buffer.from(recId).toString('hex')))
    const envelopes = records.map((record) => sealRecord(suite, document.documentId, key, record))
    bare.frame(chan, { op: 'records', envelopes })
  }
  bare.onFrame = (frame) => {
    if (frame.op !== 'holds') return
    sent.acknowledged = Math.max(sent.acknowledged, frame.tips.get(scribe.name)?.at(-1)?.seq ?? 0)
    push(1 + random.below(VOLLEY))
  }
  bare.frame(chan, { op: 'hello', min: 1, max: 1, documentId: document.documentId, session: scribe.name.slice(0, 16) })
  push(VOLLEY)
  await new Promise((resolve) => setTimeout(resolve, 2 + random.below(120)))
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await over
  bare.socket.terminate()
  examine(folder, document, [...before, sent], judgement)
  return sent
}

function examine(folder: string, document: SharedDocument, all: readonly Sent[], judgement: Judgement): void {
  const mailbox = new Mailbox(folder, (length) => suite.random(length))
  try {
    const row = mailbox.documents.find(document.documentId)
    judgement.checks += 1
    if (row === null) {
      if (all.some(({ acknowledged }) => acknowledged > 0))
        judgement.breaches.push('a document is gone that was acknowledged')
      return
    }
    for (const { writer, ids, acknowledged } of all) {
      const held = new Set(mailbox.envelopes.headers(row.number, writer).map(({ recId }) => recId))
      const lost = ids.slice(0, acknowledged).filter((id) => !held.has(id))
      judgement.checks += acknowledged
      if (lost.length > 0) judgement.breaches.push(`${lost.length} of ${acknowledged} acknowledged records are gone`)
      const [end] = mailbox.envelopes.ends(row.number).get(Buffer.from(writer).toString('hex')) ?? []
      if ((end?.seq ?? 0) !== held.size) judgement.breaches.push(`it says ${end?.seq ?? 0} are held of ${held.size}`)
    }
  } finally {
    mailbox.close()
  }
}

function startRelay(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'relay-process.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The relay ended with ${String(code)} before it began.`)))
    child.stdout?.once('data', (data: Buffer) => resolve({ child, port: Number(data.toString()) }))
  })
}
