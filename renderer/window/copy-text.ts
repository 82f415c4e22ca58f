/**
 * Puts text on the clipboard, from a key or a press. Answers whether it is there.
 *
 * It rides on the page's own "copy": the browser's other way is a permission, and every permission is refused.
 */
export function copyText(text: string): boolean {
  let copied = false
  const admit = (event: Event) => event.preventDefault()
  const put = (event: ClipboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
    copied = event.clipboardData !== null
  }
  // Without a selection there is nothing to copy, unless somebody says so.
  document.addEventListener('beforecopy', admit, { capture: true })
  document.addEventListener('copy', put, { capture: true })
  try {
    document.execCommand('copy')
  } finally {
    document.removeEventListener('beforecopy', admit, { capture: true })
    document.removeEventListener('copy', put, { capture: true })
  }
  return copied
}
