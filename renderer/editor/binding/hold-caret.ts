/** Keeping the caret in sight over one change of the window's size: zooming lays every line out anew. */
import type { EditorView } from 'prosemirror-view'

/** Milliseconds after which the change that was announced is taken not to come. */
const WAITS = 1000

/** If the caret can be seen now, brings it back into sight after the window's next change of size. */
export function holdCaret(view: EditorView): void {
  const window = view.dom.ownerDocument.defaultView
  if (window === null || !caretInSight(view)) return
  const resized = () => {
    // Twice: what has boxes in a long document is chosen anew in the frame after.
    window.requestAnimationFrame(() =>
      window.requestAnimationFrame(() => {
        if (!view.isDestroyed && !caretInSight(view)) view.dispatch(view.state.tr.scrollIntoView())
      }),
    )
  }
  window.addEventListener('resize', resized, { once: true })
  setTimeout(() => window.removeEventListener('resize', resized), WAITS)
}

function caretInSight(view: EditorView): boolean {
  const scroller = view.dom.closest('.scroller')
  if (scroller === null) return false
  const { top, bottom } = scroller.getBoundingClientRect()
  const line = view.coordsAtPos(view.state.selection.head)
  return line.bottom > line.top && line.top >= top && line.bottom <= bottom
}
