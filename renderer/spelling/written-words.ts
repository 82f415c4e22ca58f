/** The words of a block that can be checked: prose, without code, formulas, addresses, numbers and abbreviations in capitals. */
import type { Node } from 'prosemirror-model'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { schema } from '../../shared/document/schema.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'

/** A word in a child of the page; positions from the one before that child. */
export interface WrittenWord {
  readonly from: number
  readonly to: number
  /** As it stands there. */
  readonly text: string
  /** As dictionaries know it: composed, and without marks of where it may be broken. */
  readonly word: string
}

/** Stands for what is no prose: it ends words, and nothing is found in it. */
const NO_PROSE = '\uFFFC'
const LONGEST = 60
/** Made once: a segmenter costs milliseconds. Where words end is the same for all languages that have dictionaries. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
/** Web and mail addresses, file names, paths: letters with `@`, two slashes, backslashes or dots between them. */
const ADDRESS = /\S*(?:@|\/\S*\/|[\p{L}\p{N}:][\\.][\p{L}\p{N}])\S*/gu
/** Not checked: digits in it, dots and underscores, one letter alone, or no small letter at all. */
const UNCHECKED = /[\p{N}._:]|^.$|^[^\p{Ll}\p{Lo}]+$/u

const known = new WeakMap<Node, readonly WrittenWord[]>()

/** Remembered as long as the node lives. What a newer version wrote has none. */
export function writtenWords(node: Node): readonly WrittenWord[] {
  let words = known.get(node)
  if (words === undefined) {
    const found: WrittenWord[] = []
    collect(node, 1, found)
    known.set(node, (words = found))
  }
  return words
}

function collect(node: Node, start: number, words: WrittenWord[]): void {
  if (!Object.hasOwn(schema.nodes, node.type.name) || node.type.name === 'math') return
  if (isBlock(node) && isVerbatim(kindOf(node))) return
  if (node.inlineContent && node.content.size > 0) words.push(...wordsIn(proseOf(node), start))
  node.forEach((child, offset) => {
    if (!child.isText && !child.isLeaf) collect(child, start + offset + 1, words)
  })
}

/** One UTF-16 unit for each position. */
function proseOf(node: Node): string {
  let text = ''
  node.forEach((child) => {
    const isProse = child.isText && !child.marks.some(({ type }) => type.name === 'code')
    text += isProse ? (child.text ?? '') : NO_PROSE.repeat(child.nodeSize)
  })
  return text.replace(ADDRESS, (address) => NO_PROSE.repeat(address.length))
}

function wordsIn(text: string, start: number): WrittenWord[] {
  const words: WrittenWord[] = []
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || segment.length > LONGEST) continue
    const word = segment.replaceAll('\u00AD', '').normalize('NFC')
    if (!UNCHECKED.test(word))
      words.push({ from: start + index, to: start + index + segment.length, text: segment, word })
  }
  return words
}
