/**
 * Undo and redo keys pressed outside of the page.
 *
 * Left alone, the browser would take back the last thing typed anywhere in the window with a history of its own, straight
 * in the page's DOM. So outside of text fields these keys mean the document, and in an empty text field they mean nothing.
 */
export function listenToHistoryKeys(window: Window, travel: (way: 'undo' | 'redo') => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const way = historyWay(event)
    if (way === null || event.defaultPrevented) return
    const target = event.target
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      if (target.value === '') event.preventDefault()
      return
    }
    if (target instanceof HTMLElement && target.isContentEditable) return
    event.preventDefault()
    travel(way)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

function historyWay(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : null
}
