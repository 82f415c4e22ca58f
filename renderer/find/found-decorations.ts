/** The look of matches on the page. Only those near what one sees are drawn: a long text may have a hundred thousand. */
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { FoundPlaces } from './found-places.ts'

export function foundDecorations(
  { doc, selection }: EditorState,
  places: FoundPlaces,
  { from, to }: { readonly from: number; readonly to: number },
): DecorationSet {
  const drawn = places.between(from, to).map((match) => {
    const current = match.from === selection.from && match.to === selection.to
    return Decoration.inline(match.from, match.to, { class: current ? 'found found--current' : 'found' })
  })
  return DecorationSet.create(doc, drawn)
}
