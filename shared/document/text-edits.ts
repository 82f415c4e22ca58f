/**
 * The edits that turn one text into another: few characters, cut between graphemes, and no smaller than a person would
 * make them (two letters that happen to stay the same inside a changed word are not kept apart).
 */
import { diffArrays } from 'diff'

/** At `at` of the old text, `remove` UTF-16 units go and `insert` comes in. */
export interface TextEdit {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/** Beyond so many changed pieces the difference is not searched for: one edit replaces the stretch. */
const MOST_WORD_EDITS = 2000
const MOST_GRAPHEME_EDITS = 200
/** Made once: a segmenter costs milliseconds. */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const words = new Intl.Segmenter('und', { granularity: 'word' })

/** In the order of the text, apart from each other; empty when the texts are equal. Offsets are those of `from`. */
export function textEdits(from: string, to: string): TextEdit[] {
  if (from === to) return []
  const start = commonStart(from, to)
  const end = commonEnd(from, to, start)
  const middle = { at: start, remove: from.length - start - end, insert: to.slice(start, to.length - end) }
  return refined(from, middle, words, MOST_WORD_EDITS).flatMap((edit) =>
    withoutSlivers(from, refined(from, edit, graphemes, MOST_GRAPHEME_EDITS)),
  )
}

/** The same for reading: whole words go and come, where `textEdits` would change letters in them. */
export function wordEdits(from: string, to: string): TextEdit[] {
  return from === to ? [] : refined(from, { at: 0, remove: from.length, insert: to }, words, MOST_WORD_EDITS)
}

/** One edit cut into those of its pieces that really differ. */
function refined(from: string, edit: TextEdit, segmenter: Intl.Segmenter, most: number): TextEdit[] {
  if (edit.remove === 0 || edit.insert === '') return [edit]
  const old = pieces(segmenter, from.slice(edit.at, edit.at + edit.remove))
  const changes = diffArrays(old, pieces(segmenter, edit.insert), { maxEditLength: most })
  if (changes === undefined) return [edit]
  const edits: TextEdit[] = []
  let at = edit.at
  let open: { at: number; remove: number; insert: string } | null = null
  for (const change of changes) {
    const text = change.value.join('')
    if (!change.added && !change.removed) {
      if (open !== null) edits.push(open)
      open = null
      at += text.length
      continue
    }
    open ??= { at, remove: 0, insert: '' }
    if (change.added) open.insert += text
    else {
      open.remove += text.length
      at += text.length
    }
  }
  if (open !== null) edits.push(open)
  return edits
}

/** Joins edits with only one or two characters between them, when both sides replace more than that. */
function withoutSlivers(from: string, edits: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = []
  for (const edit of edits) {
    const last = joined.at(-1)
    const end = last === undefined ? 0 : last.at + last.remove
    const sliver = from.slice(end, edit.at)
    if (last !== undefined && sliver.length <= 2 && sliver.length < size(last) && sliver.length < size(edit)) {
      joined[joined.length - 1] = {
        at: last.at,
        remove: edit.at + edit.remove - last.at,
        insert: last.insert + sliver + edit.insert,
      }
    } else joined.push(edit)
  }
  return joined
}

function size(edit: TextEdit): number {
  return Math.max(edit.remove, edit.insert.length)
}

function pieces(segmenter: Intl.Segmenter, text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let length = 0
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++
  let cut = length
  do {
    length = cut
    cut = boundaryAtOrBefore(a, boundaryAtOrBefore(b, length))
  } while (cut !== length)
  return length
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start
  let length = 0
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++
  let cut = length
  do {
    length = cut
    const inA = a.length - boundaryAtOrAfter(a, a.length - length)
    cut = Math.min(inA, b.length - boundaryAtOrAfter(b, b.length - inA))
  } while (cut !== length)
  return length
}

function boundaryAtOrBefore(text: string, index: number): number {
  if (index <= 0 || index >= text.length) return index
  return graphemes.segment(text).containing(index)?.index ?? index
}

function boundaryAtOrAfter(text: string, index: number): number {
  if (index <= 0 || index >= text.length) return index
  const grapheme = graphemes.segment(text).containing(index)
  return grapheme === undefined || grapheme.index === index ? index : grapheme.index + grapheme.segment.length
}
