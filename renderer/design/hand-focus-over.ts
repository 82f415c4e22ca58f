/**
 * What a menu does with the focus when it has closed, instead of giving it to its button: `focus` takes it, unless
 * another menu was opened meanwhile. That one holds the focus, and would close without it.
 */
export function handFocusOver(focus: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault()
    const isInMenu = document.activeElement?.closest('[role="menu"]') instanceof Element
    if (!isInMenu) focus()
  }
}
