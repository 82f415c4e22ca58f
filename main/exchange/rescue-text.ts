/** The words of a damaged file: from its sound entries, its ready-made text or its previews, whichever says most. */
import * as Y from 'yjs'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { markdownToShape } from '../../shared/document/markdown/markdown-to-shape.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { CountingRecords } from '../documents/counting-records.ts'
import { readChain } from '../../shared/membership/chain.ts'
import { foldInto, foldOrder } from '../log/fold.ts'
import { RecordLog } from '../log/record-log.ts'
import type { Salvage } from '../storage/salvage-file.ts'
import { htmlToShape } from './import-html.ts'
import { textToShape } from '../../shared/document/text-to-shape.ts'

export interface Rescue {
  readonly shape: DocumentShape
  /** Where the words come from, for the person. */
  readonly source: string
}

/** Null when not a word was found. */
export function rescueText(suite: CryptoSuite, salvage: Salvage): Rescue | null {
  const candidates: Rescue[] = []
  const offer = (source: string, read: () => DocumentShape | null): void => {
    const shape = readOrNull(read)
    if (shape !== null) candidates.push({ shape, source })
  }
  // In the order of trust: a later one is taken only when it says more.
  offer('the signed entries', () => fold(suite, salvage))
  offer('the ready-made text', () => (salvage.state === null ? null : readState(salvage.state)))
  const { 'text/markdown': markdown, 'text/html': html, 'text/plain': plain } = salvage.previews
  offer('the copy as Markdown', () => (markdown === undefined ? null : markdownToShape(markdown).shape))
  offer('the copy as HTML', () => (html === undefined ? null : htmlToShape(html).shape))
  offer('the copy as plain text', () => (plain === undefined ? null : textToShape(plain)))
  offer('pieces of text found in the file, in no sure order', () => textToShape(salvage.fragments.join('\n\n')))
  let best: Rescue | null = null
  for (const candidate of candidates) {
    const length = shapeToText(candidate.shape).length
    // Marks and spacing make copies a little longer than what they are copies of.
    if (length > 0 && (best === null || length > shapeToText(best.shape).length * 1.05)) best = candidate
  }
  return best
}

function fold(suite: CryptoSuite, salvage: Salvage): DocumentShape | null {
  const genesis = salvage.members.find((member) => member.seq === 0)
  if (genesis === undefined) return null
  const log = new RecordLog(suite, genesis.hash)
  log.add(salvage.records)
  const doc = createSteadyDocument()
  // Where the list of members is damaged all words are wanted.
  const chain = readChain(
    suite,
    salvage.members.map(({ op, hash, sig }) => ({ op, hash, sig })),
  )
  const counting = 'refusal' in chain ? null : new CountingRecords(suite, log, () => chain.membership)
  foldInto(doc, foldOrder(counting?.within(log.chains()) ?? log.chains()), 0)
  return readShape(doc)
}

function readState(state: Uint8Array): DocumentShape {
  const doc = createSteadyDocument()
  Y.applyUpdate(doc, state)
  return readShape(doc)
}

/** Damaged bytes make every reader stumble in its own way; what can't be read offers nothing. */
function readOrNull(read: () => DocumentShape | null): DocumentShape | null {
  try {
    return read()
  } catch {
    return null
  }
}
