import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { encodeUpdate, parseUpdate, type YjsUpdate } from '../../shared/log/yjs-update.ts'
import { readColumns } from './read-columns.ts'
import { COLUMNS, writeColumns } from './update-columns.ts'

/** What a hand does next in one of two documents that hear of each other only now and then. */
interface Step {
  readonly who: 0 | 1
  readonly at: number
  readonly do: 'type' | 'delete' | 'mark' | 'block' | 'fact' | 'hear'
  readonly text: string
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(0, 1),
  at: fc.nat(60),
  do: fc.constantFrom('type', 'type', 'type', 'delete', 'delete', 'mark', 'block', 'fact', 'hear'),
  text: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('é', '👩‍👩‍👧', '漢字', '')),
})

/** The updates of both, in the order they were made. */
function updatesOf(steps: readonly Step[]): YjsUpdate[] {
  const updates: Uint8Array[] = []
  const docs = [new Y.Doc(), new Y.Doc()] as const
  for (const [who, doc] of docs.entries()) {
    doc.clientID = [7, 2 ** 52 + 1][who] ?? 0
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other') updates.push(update)
    })
  }
  for (const { who, at, do: what, text } of steps) {
    const doc = docs[who]
    const body = doc.getXmlFragment('body')
    const run = (body.length === 0 ? null : (body.get(at % body.length) as Y.XmlElement).get(0)) as Y.XmlText | null
    doc.transact(
      () => {
        if (what === 'hear') Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[who === 0 ? 1 : 0]), 'other')
        else if (what === 'fact') doc.getMap('facts').set(text, at)
        else if (what === 'block' || run === null) {
          const block = new Y.XmlElement('block')
          block.insert(0, [new Y.XmlText(text)])
          body.insert(at % (body.length + 1), [block])
        } else if (what === 'type') run.insert(at % (run.length + 1), text)
        else if (what === 'mark' && run.length > 0) run.format(at % run.length, 1, { bold: {} })
        else if (run.length > 0) run.delete(at % run.length, Math.min(text.length, run.length - (at % run.length)))
      },
      what === 'hear' ? 'other' : null,
    )
  }
  return updates.map((update) => parseUpdate(update))
}

describe('update columns', () => {
  it('LOG-3: give back every update of two people, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const updates = updatesOf(steps)
        const read = readColumns(writeColumns(updates), updates.length)
        expect(read.map(encodeUpdate)).toEqual(updates.map(encodeUpdate))
      }),
    )
  })

  it('LOG-9: are read, or refused with an error that is expected, whatever was done to them', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...COLUMNS),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (steps, name, changes) => {
          const updates = updatesOf(steps)
          const columns = writeColumns(updates)
          const bytes = columns[name].slice()
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
          try {
            readColumns({ ...columns, [name]: bytes }, updates.length).map(encodeUpdate)
          } catch (cause) {
            expect(cause).toBeInstanceOf(RangeError)
          }
        },
      ),
    )
  })
})
