/** How long a text is, counted block by block and remembered, so that a keystroke costs one block. */
import type { Node } from 'prosemirror-model'
import { countWords, nodeText } from '../../shared/document/plain-text.ts'
import { nodeToShape } from '../editor/binding/same-document.ts'

export interface Counts {
  readonly words: number
  /** As people see them: a letter with its accents, and a sign of several parts, is one. Line breaks are none. */
  readonly characters: number
  readonly withoutSpaces: number
}

export const NOTHING: Counts = { words: 0, characters: 0, withoutSpaces: 0 }
const counted = new WeakMap<Node, Counts>()

/** Counts of what stands on a page or in a part of it. */
export function pageCounts(blocks: readonly Node[]): Counts {
  return blocks.reduce((sum, node) => plus(sum, countsOf(node)), NOTHING)
}

export function plus(a: Counts, b: Counts): Counts {
  return {
    words: a.words + b.words,
    characters: a.characters + b.characters,
    withoutSpaces: a.withoutSpaces + b.withoutSpaces,
  }
}

export function minus(a: Counts, b: Counts): Counts {
  return plus(a, { words: -b.words, characters: -b.characters, withoutSpaces: -b.withoutSpaces })
}

export function isCounted(node: Node): boolean {
  return counted.has(node)
}

export function countsOf(node: Node): Counts {
  let counts = counted.get(node)
  if (counts === undefined) {
    counts = node.type.name === 'divider' ? NOTHING : countText(nodeText(nodeToShape(node)))
    counted.set(node, counts)
  }
  return counts
}

/** Text whose every UTF-16 unit is a character by itself. */
const SIMPLE =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{P}\p{N}\p{Z}\n\t$+<=>^`|~]*$/u
/** Made once: a segmenter costs milliseconds. */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

export function countText(text: string): Counts {
  const line = text.replaceAll('\n', '')
  return { words: countWords(text), characters: length(line), withoutSpaces: length(line.replace(/\s/gu, '')) }
}

function length(text: string): number {
  if (SIMPLE.test(text) && !/[\p{M}\p{Cs}\u{10000}-\u{10FFFF}]/u.test(text)) return text.length
  let characters = 0
  for (const _ of graphemes.segment(text)) characters += 1
  return characters
}

/** Words a reader takes in a minute, of a text one reads for its own sake. */
const WORDS_A_MINUTE = 238

/** Whole minutes, at least 1 when there is something to read that takes half a minute; 0 below. */
export function readingMinutes(words: number): number {
  return Math.round(words / WORDS_A_MINUTE)
}
