/** What stands in a match's place, and the smallest edits that bring it there and keep the formatting. */
import { Fragment, type Mark, type Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { type TextEdit, textEdits } from '../../shared/document/text-edits.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'
import type { Found } from './found-places.ts'
import { OBJECT } from './text-parts.ts'

/** The new words of each match: as they stand, or for an expression with its groups filled in (`$1`, `$<name>`, `$&`). */
export function replacer(pattern: RegExp, template: string, regex: boolean): (match: Found) => string {
  if (!regex) return () => template
  const sticky = new RegExp(pattern.source, pattern.flags.replace('g', 'y'))
  return ({ text, at }) => {
    sticky.lastIndex = at
    const groups = sticky.exec(text)
    return groups === null ? template : filledIn(template, groups)
  }
}

function filledIn(template: string, groups: RegExpExecArray): string {
  return template.replace(/\$(?:\$|&|<([^>]*)>|(\d{1,2}))|\\([nt\\])/gu, (sign, name, digits, escape) => {
    if (escape !== undefined) return escape === 'n' ? '\n' : escape === 't' ? '\t' : '\\'
    if (name !== undefined) return groups.groups?.[String(name)] ?? ''
    if (digits === undefined) return sign === '$$' ? '$' : groups[0]
    return numbered(String(digits), groups) ?? sign
  })
}

/** `$12` is the twelfth group, or the first with a 2 behind it when there are fewer. */
function numbered(digits: string, groups: RegExpExecArray): string | null {
  const number = Number(digits)
  if (number > 0 && number < groups.length) return groups[number] ?? ''
  const first = Number(digits[0])
  return digits.length === 2 && first > 0 && first < groups.length ? (groups[first] ?? '') + digits[1] : null
}

/** Adds the replacement of one match to a transaction that has changed nothing at or before it. Answers where it ends. */
export function replaceMatch(tr: Transaction, { from, to, text, at }: Found, words: string): number {
  const old = text.slice(at, at + to - from)
  const sizeBefore = tr.doc.content.size
  for (const edit of edits(old, words).toReversed()) applyEdit(tr, from, old, edit)
  return to + tr.doc.content.size - sizeBefore
}

/** The matches of one block that are not replaced yet, where they stood at the start, and how much it has grown since. */
export interface BlockMatches {
  readonly matches: Found[]
  grown: number
}

/** Replaces the last match of each block, or every one where there are more than `most`, and takes them off the lists. */
export function replaceRound(
  tr: Transaction,
  blocks: readonly BlockMatches[],
  newWords: (match: Found) => string,
  most: number,
): Transaction {
  let shift = 0
  const shifts = blocks.map(({ grown }) => (shift += grown) - grown)
  for (const [index, block] of [...blocks.entries()].toReversed()) {
    const moved = shifts[index] ?? 0
    for (const match of block.matches.splice(block.matches.length > most ? 0 : -1).toReversed()) {
      const place = { ...match, from: match.from + moved, to: match.to + moved }
      block.grown += replaceMatch(tr, place, newWords(match)) - place.to
    }
  }
  return tr
}

/** Footnotes, formulas and mentions inside a match stay, behind the new words. */
function edits(old: string, words: string): readonly TextEdit[] {
  if (!old.includes(OBJECT)) return textEdits(old, words)
  const runs = [...old.matchAll(new RegExp(`[^${OBJECT}]+`, 'gu'))]
  return runs.map((run, index) => ({ at: run.index, remove: run[0].length, insert: index === 0 ? words : '' }))
}

function applyEdit(tr: Transaction, start: number, old: string, { at, remove, insert }: TextEdit): void {
  const from = start + at
  if (insert === '') {
    tr.delete(from, from + remove)
    return
  }
  const $from = tr.doc.resolve(from)
  // New words look like those they stand for, and an addition like the word it is added to.
  const like = remove > 0 || at < old.length ? $from.nodeAfter : $from.nodeBefore
  tr.replaceWith(from, from + remove, content($from.parent, insert, like?.marks ?? $from.marks()))
}

function content(parent: Node, words: string, marks: readonly Mark[]): Fragment {
  const { schema } = parent.type
  if (isBlock(parent) && isVerbatim(kindOf(parent))) return Fragment.from(schema.text(words, marks))
  const nodes = words
    .split('\n')
    .flatMap((line, index) => [
      ...(index === 0 ? [] : [schema.node('hard_break', null, undefined, marks)]),
      ...(line === '' ? [] : [schema.text(line, marks)]),
    ])
  return Fragment.from(nodes)
}
