/** The marks of the document schema: formatting of words. */
import type { MarkSpec } from 'prosemirror-model'
import { safeHref } from './safe-href.ts'

/** Colours of a highlight; yellow is stored as the absence of a colour. */
export const HIGHLIGHTS = ['yellow', 'green', 'blue', 'pink', 'orange'] as const
export type Highlight = (typeof HIGHLIGHTS)[number]

export function highlightColor(value: unknown): Highlight {
  return HIGHLIGHTS.find((color) => color === value) ?? 'yellow'
}

/** In the order in which they nest on the page, outermost first. */
export const markSpecs: Record<string, MarkSpec> = {
  link: {
    attrs: { href: { default: null }, title: { default: null } },
    inclusive: false,
    toDOM(mark) {
      const href = safeHref(mark.attrs['href'])
      return href === null
        ? ['span', { class: 'link link--unsafe' }, 0]
        : ['a', { class: 'link', href, rel: 'noopener noreferrer' }, 0]
    },
  },
  highlight: {
    attrs: { color: { default: null } },
    toDOM: (mark) => ['mark', { class: 'highlight', 'data-color': highlightColor(mark.attrs['color']) }, 0],
  },
  bold: { toDOM: () => ['strong', 0] },
  italic: { toDOM: () => ['em', 0] },
  underline: { toDOM: () => ['u', 0] },
  strike: { toDOM: () => ['s', 0] },
  superscript: { excludes: 'superscript subscript', toDOM: () => ['sup', 0] },
  subscript: { excludes: 'superscript subscript', toDOM: () => ['sub', 0] },
  code: { code: true, toDOM: () => ['code', 0] },
}
