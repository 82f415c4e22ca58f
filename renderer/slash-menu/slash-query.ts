/**
 * The `/` and what stands behind it up to the caret, while the person looks for something to insert.
 *
 * It begins when a `/` is typed at the start of a block or after a space, never in code or a link, and ends when the
 * caret leaves, when it is dismissed, or when what follows can't be a name any more. It changes nothing on the page.
 */
import type { ResolvedPos } from 'prosemirror-model'
import { PluginKey, TextSelection, type Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { ySyncPluginKey } from 'y-prosemirror'
import { isVerbatim } from '../../shared/document/block-kinds.ts'
import { isBlock, kindOf } from '../editor/blocks.ts'

export interface SlashQuery {
  /** The position before the `/`, and that of the caret. */
  readonly from: number
  readonly to: number
  /** What stands between the `/` and the caret. */
  readonly query: string
}

export const slashKey = new PluginKey<SlashQuery | null>('slash-menu')

/** A name one looks for: no space at its start, and not longer than any name is. */
const QUERY = /^\/(?!\s)([^\n\uFFFC]{0,30})$/u

/** The query after a transaction, when there was `before` it. The same object when nothing of it changed. */
export function nextQuery(tr: Transaction, before: SlashQuery | null): SlashQuery | null {
  if (tr.getMeta(slashKey) === 'close') return null
  if (before === null) return startedBy(tr) ? queryAt(tr.selection.$from, tr.selection.from - 1) : null
  if (!(tr.selection instanceof TextSelection) || !tr.selection.empty) return null
  const caret = tr.selection.from
  // A change from elsewhere replaces the whole page, so nothing can be mapped through it; the caret stays with its words.
  const from = isFromYjs(tr) ? caret - (before.to - before.from) : tr.mapping.map(before.from, 1)
  const next = queryAt(tr.selection.$from, from)
  const same = next !== null && next.from === before.from && next.to === before.to && next.query === before.query
  return same ? before : next
}

function queryAt($caret: ResolvedPos, from: number): SlashQuery | null {
  const start = $caret.start()
  if (from < start || from >= $caret.pos || !admitsSlash($caret)) return null
  const text = $caret.parent.textBetween(from - start, $caret.parentOffset, null, '\uFFFC')
  const query = QUERY.exec(text)?.[1]
  return query === undefined ? null : { from, to: $caret.pos, query }
}

/** Whether the person has just typed a `/` where it may ask for something. */
function startedBy(tr: Transaction): boolean {
  if (!tr.docChanged || isFromYjs(tr) || tr.getMeta('paste') !== undefined || tr.getMeta('uiEvent') !== undefined) {
    return false
  }
  const { selection } = tr
  const [step] = tr.steps
  if (!(selection instanceof TextSelection) || !selection.empty || tr.steps.length !== 1) return false
  if (!(step instanceof ReplaceStep) || step.slice.content.textBetween(0, step.slice.content.size) !== '/') return false
  const { parent, parentOffset } = selection.$from
  const before = parent.textBetween(Math.max(0, parentOffset - 2), parentOffset, null, '\uFFFC')
  return /^\s?\/$/u.test(before)
}

function admitsSlash($caret: ResolvedPos): boolean {
  const { parent } = $caret
  if (parent.type.spec.code === true || (isBlock(parent) && isVerbatim(kindOf(parent)))) return false
  return !$caret.marks().some(({ type }) => type.name === 'code' || type.name === 'link')
}

function isFromYjs(tr: Transaction): boolean {
  return tr.getMeta(ySyncPluginKey) !== undefined
}
