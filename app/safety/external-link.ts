/** Links that lead out of Sheaf: web and mail addresses, opened by the system after the person has seen where they go. */
import { safeHref } from '../../shared/document/safe-href.ts'
import { SheafError } from '../../shared/errors.ts'

export interface ExternalLink {
  readonly href: string
  /** What to show of it: the host of a web address, the whole of a mail address without its extras. */
  readonly target: string
}

/** The link as it may be opened. Throws a `SheafError` of kind 'invalid-argument' for every other address. */
export function externalLink(address: string): ExternalLink {
  const href = safeHref(address)
  if (href === null)
    throw new SheafError('invalid-argument', 'Sheaf opens only web and mail addresses, and this is neither.')
  const url = new URL(href)
  if (url.username !== '' || url.password !== '')
    throw new SheafError('invalid-argument', 'This address hides a name before its host, so Sheaf does not open it.')
  return { href: url.href, target: url.protocol === 'mailto:' ? url.pathname : url.host }
}
