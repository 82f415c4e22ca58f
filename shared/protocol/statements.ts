/** What is to be said, cut to frames: what is held, and records and rows of the chain on their way. */
import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import type { StoredLink } from '../membership/member-op.ts'
import { MAX_FRAME, TIPS_PER_PAGE } from './frames.ts'
import { cut } from './pieces.ts'
import type { RecordFrame } from './session-state.ts'
import type { Tip, Tips } from './tips.ts'

/** Tips in pages, writers ascending, each small enough for a frame; one page at least. */
export function pagesOf(tips: Tips): Tips[] {
  let page = new Map<string, readonly Tip[]>()
  let count = 0
  const pages: Tips[] = [page]
  for (const [writer, ends] of [...tips].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const size = Math.max(1, ends.length)
    if (count + size > TIPS_PER_PAGE) {
      page = new Map()
      count = 0
      pages.push(page)
    }
    page.set(writer, ends)
    count += size
  }
  return pages
}

/** Envelopes in as few frames as hold them, in their order; one too large for a frame in pieces. */
export function framesOf(suite: CryptoSuite, envelopes: readonly Uint8Array[]): RecordFrame[] {
  const frames: RecordFrame[] = []
  let batch: Uint8Array[] = []
  let size = 1
  const flush = (): void => {
    if (batch.length > 0) frames.push({ op: 'records', envelopes: batch })
    batch = []
    size = 1
  }
  for (const envelope of envelopes) {
    const cost = 4 + envelope.length
    if (size + cost > MAX_FRAME) flush()
    if (1 + cost > MAX_FRAME) frames.push(...cut(suite, envelope, 'piece'))
    else {
      batch.push(envelope)
      size += cost
    }
  }
  flush()
  return frames
}

/** Bytes of rows in a frame. */
const ROWS = 512 * 1024

/** The first rows, as many as a frame may have; one at least. */
export function pageOfRows(rows: readonly StoredLink[]): readonly StoredLink[] {
  let bytes = 0
  const end = rows.findIndex(({ op }, index) => (bytes += op.length + 100) > ROWS && index > 0)
  return end < 0 ? rows : rows.slice(0, end)
}
