/** Types a whole recorded session into a Yjs document and proves that the recorded text comes out. */
import type * as Y from 'yjs'
import { BODY } from '../shared/document/document-shape.ts'
import type { Trace } from './trace.ts'
import { TraceTypist } from './trace-typist.ts'

/**
 * `typed` is called after each keystroke; `doc` tells its updates to whoever listens, one a keystroke. With `until` only
 * so many keystrokes are typed, and only a whole session's text is checked.
 */
export function typeTrace(
  trace: Trace,
  doc: Y.Doc,
  typed: (keystroke: number) => void = () => {},
  until: number = trace.txns.length,
): void {
  const typist = new TraceTypist(doc.getXmlFragment(BODY))
  typist.type([[0, 0, trace.startContent]])
  for (const [index, { patches }] of trace.txns.slice(0, until).entries()) {
    typist.type(patches)
    typed(index + 1)
  }
  if (until >= trace.txns.length && typist.text() !== trace.endContent) {
    throw new Error('The text that was typed is not the one that was recorded.')
  }
}
