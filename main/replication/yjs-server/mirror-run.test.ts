import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../../shared/document/steady-document.ts'
import type { MirrorRow, PlacedRow } from '../../storage/mirror-table.ts'
import { editCopy } from '../../documents/edit-copy.ts'
import { InstanceGuard } from '../../documents/instance-guard.ts'
import { type BridgedDocument, MirrorRun } from './mirror-run.ts'

const WINDOW = 'window'
const REMOVED = 'removed'

/** A document whose records by somebody who was removed count or don't, and a room that a guest writes in. */
class Judged implements BridgedDocument {
  readonly documentId = 'document'
  readonly room = new Y.Doc()
  removedCounts = true
  private readonly log: { by: string; update: Uint8Array }[] = []
  private rows: MirrorRow[] = []
  private clients = 10
  private run: MirrorRun

  readonly mirrors = {
    rows: () => this.rows,
    keep: ({ row }: PlacedRow) => void this.rows.push(row),
    replace: ({ row }: PlacedRow) => void (this.rows = [row]),
  }

  constructor() {
    this.write(WINDOW, (body) => body.insert(0, [block('x')]))
    this.run = this.start()
    this.turn()
  }

  restart(): void {
    this.run = this.start()
  }

  state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.folded())
  }

  openInstance(): InstanceGuard {
    this.clients += 1
    return new InstanceGuard(this.clients, this.clients)
  }

  seal(): void {}

  bring(guard: InstanceGuard, update: Uint8Array, { row }: PlacedRow): void {
    const checked = guard.check(update)
    expect(checked?.update, 'all of an update is new').toEqual(update)
    guard.moveTo(checked?.end ?? 0)
    this.log.push({ by: 'bridge', update })
    this.rows.push(row)
  }

  /** Every edit is made in a window of its own. */
  write(by: string, edit: (body: Y.XmlFragment) => void): void {
    this.clients += 1
    const guard = new InstanceGuard(this.clients, this.clients)
    const doc = this.folded()
    doc.clientID = guard.clientId
    const update = editCopy(doc, (copy) => edit(copy.getXmlFragment(BODY)))
    if (update === null) return
    this.log.push({ by, update })
    if (this.counts(by)) this.run?.hear({ kind: 'edited', stream: 0, update, by: guard })
  }

  writeInRoom(edit: (body: Y.XmlFragment) => void): void {
    const vector = Y.encodeStateVector(this.room)
    this.room.transact(() => edit(this.room.getXmlFragment(BODY)))
    this.run.mirror.receive(Y.encodeStateAsUpdate(this.room, vector))
  }

  judge(counts: boolean): void {
    this.removedCounts = counts
    this.run.hear({ kind: 'refolded' })
  }

  turn(): void {
    for (const update of this.run.turn()) Y.applyUpdate(this.room, update)
  }

  get lines(): string[] {
    return linesOf(this.folded())
  }

  get linesInRoom(): string[] {
    return linesOf(this.room)
  }

  private start(): MirrorRun {
    const run = new MirrorRun(this, 'a room', () => 0.5)
    run.mirror.receive(Y.encodeStateAsUpdate(this.room, run.mirror.vector()))
    Y.applyUpdate(this.room, run.mirror.difference(Y.encodeStateVector(this.room)))
    return run
  }

  /** What is left by the edits of windows alone: nobody else's deletions, and no words that lean on others'. */
  get windowsAlone(): string {
    return linesOf(this.folded((by) => by === WINDOW)).join('\n')
  }

  private counts(by: string): boolean {
    return by !== REMOVED || this.removedCounts
  }

  private folded(counts = (by: string): boolean => this.counts(by)): Y.Doc {
    const doc = createSteadyDocument({ gc: false })
    for (const { by, update } of this.log) if (counts(by)) Y.applyUpdate(doc, update)
    return doc
  }
}

function block(text: string): Y.XmlElement {
  const element = new Y.XmlElement('block')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

const linesOf = (doc: Y.Doc): string[] => doc.getXmlFragment(BODY).toArray().map(String)

function firstRun(body: Y.XmlFragment): Y.XmlText {
  return (body.get(0) as Y.XmlElement).get(0) as Y.XmlText
}

describe('a run of a mirror', () => {
  it('YJS-16: brings what was written amid words that do not count once more, under numbers nobody used', () => {
    const world = new Judged()
    world.write(REMOVED, (body) => firstRun(body).insert(1, 'zz'))
    world.turn()
    world.writeInRoom((body) => firstRun(body).insert(2, 'cat'))
    world.turn()
    expect(world.lines).toEqual(['<block>xzcatz</block>'])
    world.judge(false)
    world.turn()
    expect(world.lines).toEqual(['<block>xcat</block>'])
    expect(world.linesInRoom).toEqual(world.lines)
  })

  it('YJS-16: both sides come to say the same, and a word goes only when somebody who counts deletes it', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const world = new Judged()
        const words: { who: string; letter: string }[] = []
        for (const { kind: who, ...place } of acts) {
          const letter = String.fromCodePoint(0x4e00 + words.length)
          words.push({ who, letter })
          // Guests delete nothing, so that no deletion but a window's can be meant to count in the end.
          const deletes = place.deletes && who !== 'guest'
          const edit = (body: Y.XmlFragment): void => change(body, { ...place, deletes, word: letter.repeat(3) })
          if (who === 'window') world.write(WINDOW, edit)
          else if (who === 'removed') world.write(REMOVED, edit)
          else if (who === 'guest') world.writeInRoom(edit)
          else if (who === 'judge') world.judge(!world.removedCounts)
          else if (who === 'restart') world.restart()
          else world.turn()
        }
        for (const counts of [false, true, false]) {
          world.judge(counts)
          world.turn()
          world.turn()
          const text = world.lines.join('\n')
          expect(world.linesInRoom.join('\n')).toBe(text)
          for (const { who, letter } of words) {
            const times = text.split(letter).length - 1
            if (who !== 'guest') expect(times, letter).toBeLessThanOrEqual(3)
            if (!counts) expect(times, letter).toBeGreaterThanOrEqual(world.windowsAlone.split(letter).length - 1)
          }
        }
      }),
    )
  })
})

interface Act {
  readonly kind: string
  readonly at: number
  readonly inside: number
  readonly deletes: boolean
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('window', 'removed', 'guest', 'guest', 'judge', 'restart', 'turn', 'turn'),
  at: fc.nat({ max: 9 }),
  inside: fc.integer({ min: -1, max: 20 }),
  deletes: fc.boolean(),
})

function change(body: Y.XmlFragment, { at, inside, deletes, word }: Omit<Act, 'kind'> & { word: string }): void {
  if (body.length === 0) {
    body.insert(0, [block(word)])
    return
  }
  const index = at % body.length
  if (inside < 0) {
    if (deletes) body.delete(index, 1)
    else body.insert(index, [block(word)])
    return
  }
  const run = (body.get(index) as Y.XmlElement).get(0)
  if (!(run instanceof Y.XmlText)) return
  const place = inside % (run.length + 1)
  if (!deletes) run.insert(place, word)
  else if (place < run.length) run.delete(place, Math.min(4, run.length - place))
}
