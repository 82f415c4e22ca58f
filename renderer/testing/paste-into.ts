/** A paste as a browser makes it: an event with what is on the clipboard, by its types. */
import type { OpenPage } from './open-page.ts'

export interface Pasted {
  readonly html?: string
  readonly text?: string
  /** Other types. */
  readonly more?: Readonly<Record<string, string>>
}

export function pasteInto({ editor: { view } }: OpenPage, { html = '', text = '', more = {} }: Pasted): void {
  const kinds: Readonly<Record<string, string>> = { 'text/html': html, 'text/plain': text, ...more }
  const event = new Event('paste', { bubbles: true, cancelable: true })
  const types = Object.keys(kinds).filter((type) => kinds[type] !== '')
  Object.defineProperty(event, 'clipboardData', {
    value: { types, files: [], getData: (type: string) => kinds[type] ?? '' },
  })
  view.dom.dispatchEvent(event)
}
