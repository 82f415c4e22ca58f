/** Links on words: finding, setting, removing. */
import type { Mark, MarkType } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'

export interface LinkRange {
  readonly from: number
  readonly to: number
  readonly mark: Mark
}

function linkType(state: EditorState): MarkType | null {
  return state.schema.marks['link'] ?? null
}

/** The link the selection starts in or touches, over its full length; or null. */
export function linkAt(state: EditorState): LinkRange | null {
  const type = linkType(state)
  const { $from } = state.selection
  if (type === null || !$from.parent.inlineContent) return null
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

/** Links the selected words to `href`, or changes the link the caret is in. */
export function setLink(href: string): Command {
  return (state, dispatch) => {
    const type = linkType(state)
    const { empty } = state.selection
    const range = empty ? linkAt(state) : state.selection
    if (type === null || range === null) return false
    dispatch?.(state.tr.removeMark(range.from, range.to, type).addMark(range.from, range.to, type.create({ href })))
    return true
  }
}

export const removeLink: Command = (state, dispatch) => {
  const type = linkType(state)
  const range = state.selection.empty ? linkAt(state) : state.selection
  if (type === null || range === null || !state.doc.rangeHasMark(range.from, range.to, type)) return false
  dispatch?.(state.tr.removeMark(range.from, range.to, type))
  return true
}
