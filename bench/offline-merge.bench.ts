/**
 * Two copies of the paper, ten thousand keystrokes made in each while they could not see each other: taking one's records
 * into the other, with all verifying and the commit, beside applying the bare Yjs difference.
 */
import * as Y from 'yjs'
import { Desk } from '../main/documents/open-document.fixture.ts'
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import { BODY } from '../shared/document/document-shape.ts'
import { Author } from './author.ts'
import type { Bench } from './bench.ts'
import { ratioLine } from './line.ts'
import { placeDocument } from './place-document.ts'
import { rounds, time } from './rounds.ts'
import { readTrace, type TraceName } from './trace.ts'
import { TraceTypist } from './trace-typist.ts'
import { typedDocument } from './typed-document.ts'

const KEYSTROKES = 10_000

export const offlineMerge: Bench = {
  name: 'offline-merge',
  async run() {
    const { content } = typedDocument('automerge-paper')
    const alice = Author.resume(content)
    const bob = Author.resume(content)
    write(alice, 'sveltecomponent', 0)
    write(bob, 'friendsforever_flat', bob.doc.getXmlFragment(BODY).length)
    alice.leave()
    const ours = alice.content()
    const open = bob.content()
    bob.leave()
    const closed = bob.content()
    const difference = Y.encodeStateAsUpdate(bob.doc, Y.encodeStateVector(alice.doc))
    const state = Y.encodeStateAsUpdate(alice.doc)
    const apply = (): Promise<number> => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, state)
      return time(() => Y.applyUpdate(doc, difference))
    }
    const facts = { unit: 'ms', against: 'Y.applyUpdate of the difference' } as const
    const merging = 'merging a copy with 10,000 offline keystrokes'
    return [
      ratioLine(
        { ...facts, name: 'offline-merge', what: merging, target: 1.5 },
        await rounds(() => merge(ours, closed), apply),
      ),
      ratioLine(
        { ...facts, name: 'offline-merge-open', what: `${merging}, its session still open` },
        await rounds(() => merge(ours, open), apply),
      ),
    ]
  },
}

/** Types the beginning of a trace into lines of its own. */
function write(author: Author, trace: TraceName, first: number): void {
  const typist = new TraceTypist(author.doc.getXmlFragment(BODY), first)
  for (const { patches } of readTrace(trace).txns.slice(0, KEYSTROKES)) typist.type(patches)
}

/** Milliseconds from the other's records to the committed, folded document. */
async function merge(ours: SheafFileContent, theirs: SheafFileContent): Promise<number> {
  const desk = new Desk()
  try {
    placeDocument(desk, ours)
    const document = desk.open(ours.documentId)
    const before = document.shape().content.length
    const took = await time(() => {
      const { refused } = document.merge(theirs.records)
      if (refused.length > 0) throw new Error(`A record was refused: ${refused[0]?.reason ?? ''}`)
    })
    if (document.shape().content.length <= before) throw new Error('The merge brought nothing in.')
    document.close()
    return took
  } finally {
    desk.clear()
  }
}
