/** Addresses that may be followed. */

/** URL schemes a link may have; anything else is shown as plain text. */
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:'])

/** The href as it may be followed, or null: an absolute http, https or mailto address of at most 2,000 characters. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > 2000) return null
  try {
    const url = new URL(href.trim())
    return LINK_SCHEMES.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
