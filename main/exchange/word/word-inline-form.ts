/** What a Word file can hold of a line: its marks, breaks, footnotes and formulas. */
import { type Attributes, isText, type NodeShape, type TextShape } from '../../../shared/document/document-shape.ts'
import { mentionLabel } from '../../../shared/document/inline-node-specs.ts'
import { isDocumentId } from '../../../shared/ids.ts'
import type { Losses } from '../../../shared/document/losses.ts'
import { highlightAttributes, withBreaks, writable } from '../../../shared/document/markdown/inline-form.ts'
import { type Content, normalContent } from '../../../shared/document/normal-shape.ts'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { safeHref } from '../../../shared/document/safe-href.ts'
import { heldFormula } from './formula/word-formula.ts'
import { LOST } from './lost.ts'

const PLAIN_MARKS = new Set(['bold', 'italic', 'strike', 'code', 'underline', 'superscript', 'subscript'])

export function inlineForm(content: Content, losses: Losses, notes = true): Content {
  return content.map((part) => (isText(part) ? text(part, losses) : inlineNode(part, losses, notes)))
}

function inlineNode(node: NodeShape, losses: Losses, notes: boolean): NodeShape | TextShape {
  switch (node.node) {
    case 'hard_break':
      return { node: 'hard_break', attributes: {}, content: [] }
    case 'math': {
      const tex = heldFormula(oneLine(nodeText(node), losses), losses)
      return { node: 'math', attributes: {}, content: normalContent([{ text: tex, marks: {} }]) }
    }
    case 'mention':
      return mention(node, losses)
    case 'footnote':
      if (notes) {
        return {
          node: 'footnote',
          attributes: {},
          content: withBreaks(inlineForm(node.content, losses, false)),
        }
      }
      losses.note(LOST.nestedFootnote)
      break
    default:
      losses.note(LOST.unknownInline)
  }
  return { text: writable(nodeText(node), losses), marks: {} }
}

function mention({ attributes }: NodeShape, losses: Losses): NodeShape | TextShape {
  const label = oneLine(mentionLabel(attributes['label']), losses)
  const { document } = attributes
  if (!isDocumentId(document)) return { text: label, marks: {} }
  return { node: 'mention', attributes: label === '' ? { document } : { document, label }, content: [] }
}

function text(part: TextShape, losses: Losses): TextShape {
  const marks: Record<string, Attributes> = {}
  for (const [name, attributes] of Object.entries(part.marks)) {
    if (name === 'subscript' && 'superscript' in part.marks) losses.note(LOST.formatting)
    else if (PLAIN_MARKS.has(name)) marks[name] = {}
    else if (name === 'highlight') marks[name] = highlightAttributes(attributes)
    else if (name === 'link') {
      const href = safeHref(attributes['href'])
      const title = typeof attributes['title'] === 'string' ? oneLine(attributes['title'], losses, ' ') : ''
      if (href === null) losses.note(LOST.unsafeLink)
      else marks[name] = title === '' ? { href } : { href, title }
    } else losses.note(LOST.unknownFormatting)
  }
  return { text: writable(part.text, losses), marks }
}

/** Words on one line; `tab` stands for a tab where there can be none. */
export function oneLine(words: string, losses: Losses, tab = '\t'): string {
  return writable(words, losses)
    .replace(/\r\n|[\r\n]/g, ' ')
    .replaceAll('\t', tab)
}
