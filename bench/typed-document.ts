/** A document as the author of a recorded session would have left it, with its whole history. */
import type { SheafFileContent } from '../main/storage/sheaf-file.ts'
import { Author } from './author.ts'
import { readTrace, type TraceName } from './trace.ts'
import { typeTrace } from './type-trace.ts'

export interface TypedDocument {
  readonly content: SheafFileContent
  /** Bytes of the text, in UTF-8. */
  readonly textBytes: number
}

export interface Typing {
  /** Share of the keystrokes that is typed; all of them unless told otherwise. */
  readonly share?: number
  /** Times the author closed the document and came back: each is a writer of its own. */
  readonly sessions?: number
}

const made = new Map<string, TypedDocument>()

/** Types a trace once per process and way of typing; whoever asks again gets the same document. */
export function typedDocument(name: TraceName, typing: Typing = {}): TypedDocument {
  const key = JSON.stringify([name, typing])
  let document = made.get(key)
  if (document === undefined) made.set(key, (document = typeDocument(name, typing)))
  return document
}

function typeDocument(name: TraceName, { share = 1, sessions = 1 }: Typing): TypedDocument {
  const trace = readTrace(name)
  const until = Math.ceil(trace.txns.length * share)
  const author = Author.found()
  const leave = (keystroke: number): void => {
    if (keystroke % Math.ceil(until / sessions) === 0) author.leave()
  }
  typeTrace(trace, author.doc, leave, until)
  author.leave()
  return { content: author.content(), textBytes: Buffer.byteLength(trace.endContent) }
}
