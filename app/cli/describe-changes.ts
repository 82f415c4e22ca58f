/** Changes to a document in words: a sentence of counts, and a line for each block. */
import * as Y from 'yjs'
import { alignParts } from '../../shared/document/align-parts.ts'
import type { DocumentShape, NodeShape } from '../../shared/document/document-shape.ts'
import { equalValues } from '../../shared/document/normal-shape.ts'
import { nodeText } from '../../shared/document/plain-text.ts'
import { writeShape } from '../../shared/document/write-shape.ts'

export function describeChanges(before: DocumentShape, after: DocumentShape): string {
  // A scratch document made from the one and edited into the other counts what changed.
  const doc = new Y.Doc()
  writeShape(doc, before)
  const changes = writeShape(doc, after)
  const phrases = [
    changes.titleChanged ? 'new title' : '',
    changes.blocksEdited > 0 ? `${count(changes.blocksEdited, 'paragraph')} edited` : '',
    changes.blocksInserted > 0 ? `${count(changes.blocksInserted, 'paragraph')} added` : '',
    changes.blocksDeleted > 0 ? `${count(changes.blocksDeleted, 'paragraph')} removed` : '',
    changes.charactersInserted > 0 ? `${count(changes.charactersInserted, 'character')} in` : '',
    changes.charactersDeleted > 0 ? `${count(changes.charactersDeleted, 'character')} out` : '',
  ].filter((phrase) => phrase !== '')
  return phrases.length === 0 ? 'no change to the text' : phrases.join(', ')
}

/** `+` added, `-` removed, `~` edited, each with the first words. */
export function changedBlocks(before: DocumentShape, after: DocumentShape): string[] {
  const lines: string[] = []
  if (before.title !== after.title) lines.push(`~ title: ${firstOf(after.title)}`)
  const pairs = alignParts(before.content, after.content)
  let from = 0
  let to = 0
  for (const pair of [...pairs, { from: before.content.length, to: after.content.length }]) {
    for (; from < pair.from; from++) lines.push(`- ${firstWords(before.content[from])}`)
    for (; to < pair.to; to++) lines.push(`+ ${firstWords(after.content[to])}`)
    if (!equalValues(before.content[from], after.content[to])) lines.push(`~ ${firstWords(after.content[to])}`)
    from++
    to++
  }
  return lines
}

function firstWords(block: NodeShape | undefined): string {
  return block === undefined ? '' : firstOf(nodeText(block))
}

function firstOf(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim()
  if (line === '') return '(empty)'
  return line.length > 72 ? `${Array.from(line).slice(0, 70).join('')}…` : line
}

/** Text as it may go to a terminal: escape sequences in a document must not reach it. */
export function printable(text: string): string {
  return text.replace(/[\x00-\x08\x0B-\x1F\x7F-\x9F]/g, '�')
}

/** "1 word", "2,000 words", "no words". */
export function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

export function entryCount(number: number): string {
  return number === 1 ? '1 entry' : `${number.toLocaleString('en')} entries`
}
