/** The plain text import: paragraphs stand between empty lines; in a text without empty lines every line is one. */
import type { DocumentShape } from './document-shape.ts'
import { withBreaks } from './markdown/inline-form.ts'

export function textToShape(text: string): DocumentShape {
  const body = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
  const apart = /\n[ \t]*\n/.test(body)
  const paragraphs = apart ? body.split(/\n(?:[ \t]*\n)+/) : body.split('\n')
  return {
    title: '',
    content: paragraphs
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => ({ node: 'block', attributes: {}, content: withBreaks([{ text: paragraph, marks: {} }]) })),
  }
}
