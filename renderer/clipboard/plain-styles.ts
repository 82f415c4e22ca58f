/**
 * HTML whose inline styles stand where they do nothing. The window's policy refuses a style in any page it parses, and says so
 * for each: in a document from a word processor, which has one at every word, that took longer than all else together.
 */

/** Where a style stands until it is read. */
export const STYLE = 'data-style'

const NAME_END = /[\s/>=]/g
const VALUE_END = /[\s>]/g
const SPACE = /[\s/]*/y
const EQUALS = /\s*=\s*/y

/** The same HTML with every `style` attribute renamed. Only tags are touched, as a browser would find them. */
export function withPlainStyles(html: string): string {
  const pieces: string[] = []
  let done = 0
  let at = html.indexOf('<')
  while (at !== -1) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4)
      if (end === -1) break
      at = html.indexOf('<', end)
      continue
    }
    let next = at + 1
    if (/[a-z]/i.test(html.charAt(next))) {
      next = search(NAME_END, html, next)
      while (next < html.length) {
        next = skip(SPACE, html, next)
        if (next >= html.length || html.charAt(next) === '>') break
        const end = search(NAME_END, html, next + 1)
        if (end - next === 5 && html.slice(next, end).toLowerCase() === 'style') {
          pieces.push(html.slice(done, next), STYLE)
          done = end
        }
        next = behindValue(html, end)
      }
    }
    at = html.indexOf('<', next)
  }
  pieces.push(html.slice(done))
  return pieces.join('')
}

function behindValue(html: string, at: number): number {
  const value = skip(EQUALS, html, at)
  if (value === at) return at
  const quote = html.charAt(value)
  if (quote !== '"' && quote !== "'") return search(VALUE_END, html, value)
  const end = html.indexOf(quote, value + 1)
  return end === -1 ? html.length : end + 1
}

function search(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(html)?.index ?? html.length
}

function skip(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from
  return from + (pattern.exec(html)?.[0].length ?? 0)
}
