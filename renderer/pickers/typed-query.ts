/**
 * What a person types after a sign that asks for something, such as `/` or `[[`, up to the caret.
 *
 * It begins when the sign is typed, never in code or a link, and ends when the caret leaves, when it is dismissed, or
 * when what follows can't be a name any more. It changes nothing on the page.
 */
import type { ResolvedPos } from 'prosemirror-model'
import { type PluginKey, TextSelection, type Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { ySyncPluginKey } from 'y-prosemirror'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'

export interface TypedQuery {
  /** The position before the sign, and that of the caret. */
  readonly from: number
  readonly to: number
  /** The sign. */
  readonly sign: string
  /** What stands between the sign and the caret. */
  readonly query: string
  /** Whether a command put the sign there, not the person. */
  readonly asked: boolean
}

export interface QueryRules {
  readonly key: PluginKey<TypedQuery | null>
  /** Fits the words before the caret when a sign has just been typed where it may ask; its group `sign` is the sign. */
  readonly begins: RegExp
  /** Fits all from the sign to the caret while that may be a name; its groups are `sign` and `query`. */
  readonly goesOn: RegExp
}

/** What the key's meta says: the query is over, or a command has put the sign before the caret. */
export type QueryNote = 'close' | 'ask'

/** As much of the words before the caret as any sign needs. */
const BEFORE = 8

/** The query after a transaction, when there was `before` it. The same object when nothing of it changed. */
export function nextQuery(tr: Transaction, before: TypedQuery | null, rules: QueryRules): TypedQuery | null {
  const note: QueryNote | undefined = tr.getMeta(rules.key)
  if (note === 'close') return null
  const { selection } = tr
  if (before === null || note === 'ask') {
    const sign =
      note === 'ask' || isTyped(tr) ? signAt(selection.$from, rules, note === 'ask' ? '' : typedLast(tr)) : ''
    return sign === '' ? null : queryAt(selection.$from, selection.from - sign.length, rules, note === 'ask')
  }
  if (!(selection instanceof TextSelection) || !selection.empty) return null
  const caret = selection.from
  // A change from elsewhere replaces the whole page, so nothing can be mapped through it; the caret stays with its words.
  const from = isFromYjs(tr) ? caret - (before.to - before.from) : tr.mapping.map(before.from, 1)
  const next = queryAt(selection.$from, from, rules, before.asked)
  const same = next !== null && next.from === before.from && next.to === before.to && next.query === before.query
  return same ? before : next
}

function queryAt($caret: ResolvedPos, from: number, rules: QueryRules, asked: boolean): TypedQuery | null {
  const start = $caret.start()
  if (from < start || from >= $caret.pos || !admitsQuery($caret)) return null
  const text = $caret.parent.textBetween(from - start, $caret.parentOffset, null, '\uFFFC')
  const { sign, query } = rules.goesOn.exec(text)?.groups ?? {}
  return sign === undefined || query === undefined ? null : { from, to: $caret.pos, sign, query, asked }
}

/** The sign right before the caret that ends with what was typed last, or ''. */
function signAt({ parent, parentOffset }: ResolvedPos, rules: QueryRules, typed: string): string {
  const before = parent.textBetween(Math.max(0, parentOffset - BEFORE), parentOffset, null, '\uFFFC')
  const sign = rules.begins.exec(before)?.groups?.['sign'] ?? ''
  return sign.endsWith(typed) ? sign : ''
}

/** Whether the person has just typed something: no paste, no drop, nobody else. */
function isTyped(tr: Transaction): boolean {
  if (!tr.docChanged || isFromYjs(tr) || tr.getMeta('paste') !== undefined || tr.getMeta('uiEvent') !== undefined) {
    return false
  }
  return tr.selection instanceof TextSelection && tr.selection.empty && typedLast(tr).length === 1
}

/** What the transaction put in, if it does nothing else. */
function typedLast({ steps }: Transaction): string {
  const [step] = steps
  if (steps.length !== 1 || !(step instanceof ReplaceStep)) return ''
  return step.slice.content.textBetween(0, step.slice.content.size)
}

/** Whether something may be asked for where the caret is. */
export function admitsQuery($caret: ResolvedPos): boolean {
  const { parent } = $caret
  if (!parent.inlineContent || parent.type.spec.code === true) return false
  if (isBlock(parent) && isVerbatim(kindOf(parent))) return false
  return !$caret.marks().some(({ type }) => type.name === 'code' || type.name === 'link')
}

function isFromYjs(tr: Transaction): boolean {
  return tr.getMeta(ySyncPluginKey) !== undefined
}
