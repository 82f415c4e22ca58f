import { safeHref } from '../../shared/document/safe-href.ts'

/** The address of the link under a pointer, if it leads anywhere. The browser is kept from following it. */
export function linkUnder(event: { readonly target: EventTarget | null; preventDefault(): void }): string | null {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (link === null) return null
  event.preventDefault()
  return safeHref(link.getAttribute('href'))
}
