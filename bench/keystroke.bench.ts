/** A keystroke that reaches the main process, until it is durable: beside a bare synced write of the same bytes. */
import fs from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { Desk } from '../main/documents/open-document.fixture.ts'
import { BODY } from '../shared/document/document-shape.ts'
import type { Bench } from './bench.ts'
import { ratioLine } from './line.ts'
import { placeDocument } from './place-document.ts'
import { quantile } from './quantile.ts'
import { type Round, ROUNDS, time } from './rounds.ts'
import { typedDocument } from './typed-document.ts'

const KEYS = 1000
/** Keystrokes that are sealed together, in between and unmeasured: two seconds of typing. */
const SEALED_TOGETHER = 10

/** The microseconds of every keystroke. */
type Keystrokes = readonly number[]

export const keystroke: Bench = {
  name: 'keystroke',
  async run() {
    const short = await typeInto(0.01)
    const long = await typeInto(1)
    const facts = { unit: 'µs', against: 'write + fdatasync' } as const
    const what = 'keystroke in main to durable'
    return [
      ratioLine({ ...facts, name: 'keystroke-p50', what: `${what}, p50`, target: 1.25 }, at(0.5, long)),
      ratioLine({ ...facts, name: 'keystroke-p99', what: `${what}, p99`, target: 2, tolerance: 2.5 }, at(0.99, long)),
      ratioLine({ ...facts, name: 'keystroke-p50-short', what: `${what}, short document, p50` }, at(0.5, short)),
    ]
  },
}

function at(share: number, measured: readonly Round<Keystrokes>[]): Round<number>[] {
  return measured.map(({ ours, theirs }) => ({ ours: quantile(ours, share), theirs: quantile(theirs, share) }))
}

/** Types into the given share of the paper. The sides take turns every few keys: a busy disk meets both alike. */
async function typeInto(share: number): Promise<Round<Keystrokes>[]> {
  const desk = new Desk()
  const file = fs.openSync(path.join(desk.folder, 'raw'), 'a')
  try {
    const { content } = typedDocument('automerge-paper', { share })
    placeDocument(desk, content)
    const document = desk.open(content.documentId)
    // As after the first publishing: the main process holds the document too.
    document.shape()
    const guard = document.openInstance()
    const hand = new Hand(document.state(), guard.clientId)
    const write = (update: Uint8Array): void => {
      fs.writeSync(file, update)
      fs.fdatasyncSync(file)
    }
    const measured: Round<Keystrokes>[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const ours: number[] = []
      const theirs: number[] = []
      for (const letters of hand.type(KEYS)) {
        for (const update of letters) theirs.push((await time(() => write(update))) * 1000)
        for (const update of letters) ours.push((await time(() => document.append(guard, 0, update))) * 1000)
        document.seal()
      }
      if (round >= 0) measured.push({ ours, theirs })
    }
    document.finish()
    document.close()
    return measured
  } finally {
    fs.closeSync(file)
    desk.clear()
  }
}

/** A window's copy of the document, and someone who types in the middle of it. */
class Hand {
  private readonly doc = new Y.Doc()
  private readonly text: Y.XmlText
  private place: number
  private updates: Uint8Array[] = []

  constructor(state: Uint8Array, clientId: number) {
    Y.applyUpdate(this.doc, state)
    this.doc.clientID = clientId
    const body = this.doc.getXmlFragment(BODY)
    const texts = body.toArray().flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    const text = texts.filter((one) => one instanceof Y.XmlText).at(texts.length / 2)
    if (text === undefined) throw new Error('Broken invariant: the document has text')
    this.text = text
    this.place = text.length
    this.doc.on('update', (update: Uint8Array) => this.updates.push(update))
  }

  /** The updates of so many letters, one each, in groups that are sealed together. */
  type(letters: number): readonly (readonly Uint8Array[])[] {
    this.updates = []
    for (let letter = 0; letter < letters; letter++) {
      this.text.insert(this.place, 'abcdefghij klmnopqrs tuv wxyz'[letter % 29] ?? ' ')
      this.place += 1
    }
    return Array.from({ length: Math.ceil(letters / SEALED_TOGETHER) }, (_, group) =>
      this.updates.slice(group * SEALED_TOGETHER, (group + 1) * SEALED_TOGETHER),
    )
  }
}
