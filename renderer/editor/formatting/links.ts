/** Links on words: finding, setting, removing. */
import type { Mark, MarkType, ResolvedPos } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { asOwnStep } from '../binding/own-step.ts'
import { admitsQuery } from '../../pickers/typed-query.ts'

export interface LinkRange {
  readonly from: number
  readonly to: number
  readonly mark: Mark
}

function linkType(state: EditorState): MarkType | null {
  return state.schema.marks['link'] ?? null
}

/** The link the selection starts in or touches, over its full length; or null. */
export function linkAt({ selection }: EditorState): LinkRange | null {
  return linkAround(selection.$from)
}

/** The link a position is in or touches, over its full length; or null. */
export function linkAround($from: ResolvedPos): LinkRange | null {
  const type: MarkType | undefined = $from.doc.type.schema.marks['link']
  if (type === undefined || !$from.parent.inlineContent) return null
  const start = $from.start()
  let found: LinkRange | null = null
  $from.parent.forEach((child, offset) => {
    const mark = type.isInSet(child.marks)
    const from = start + offset
    const to = from + child.nodeSize
    if (mark === undefined) return
    if (found !== null && found.to === from && found.mark.eq(mark)) found = { ...found, to }
    else if (found === null || found.to < $from.pos) found = { from, to, mark }
  })
  const link = found as LinkRange | null
  return link !== null && link.from <= $from.pos && link.to >= $from.pos ? link : null
}

/** What an address would be given to: the selected words, else the link at the caret, else the word there; or null. */
export function linkable(state: EditorState): { readonly from: number; readonly to: number } | null {
  const { selection } = state
  if (!(selection instanceof TextSelection)) return null
  return selection.empty ? (linkAt(state) ?? wordAt(selection.$from)) : selection
}

function wordAt($at: ResolvedPos): { readonly from: number; readonly to: number } | null {
  if (!admitsQuery($at)) return null
  const text = (from: number, to: number) => $at.parent.textBetween(from, to, null, '\uFFFC')
  const before = /[\p{L}\p{N}_'’-]*$/u.exec(text(0, $at.parentOffset))?.[0].length ?? 0
  const after = /^[\p{L}\p{N}_'’-]*/u.exec(text($at.parentOffset, $at.parent.content.size))?.[0].length ?? 0
  return before + after === 0 ? null : { from: $at.pos - before, to: $at.pos + after }
}

/** Links the selected words to `href`, or changes the link the caret is in. */
export function setLink(href: string): Command {
  return (state, dispatch) => {
    const type = linkType(state)
    const { empty } = state.selection
    const range = empty ? linkAt(state) : state.selection
    if (type === null || range === null) return false
    const { tr } = state
    dispatch?.(
      asOwnStep(tr.removeMark(range.from, range.to, type).addMark(range.from, range.to, type.create({ href }))),
    )
    return true
  }
}

export const removeLink: Command = (state, dispatch) => {
  const type = linkType(state)
  const range = state.selection.empty ? linkAt(state) : state.selection
  if (type === null || range === null || !state.doc.rangeHasMark(range.from, range.to, type)) return false
  dispatch?.(asOwnStep(state.tr.removeMark(range.from, range.to, type)))
  return true
}
