/**
 * The nodes of the document schema that stand in a line of text.
 *
 * Footnotes and formulas hold their words as content, not in an attribute, so that two people's edits of one merge.
 */
import type { NodeSpec } from 'prosemirror-model'

/** The words a document mention shows when its document is not at hand. */
export function mentionLabel(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : ''
}

export const inlineNodeSpecs: Record<string, NodeSpec> = {
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    toDOM: () => ['br'],
  },
  /** A footnote, where its number stands; its content is the note. */
  footnote: {
    group: 'inline',
    inline: true,
    content: '(text | hard_break | math | mention)*',
    marks: '_',
    atom: true,
    isolating: true,
    selectable: true,
    toDOM: () => ['span', { class: 'footnote' }, 0],
  },
  /** A formula in a line; its content is TeX. A formula of its own is a block of kind `math`. */
  math: {
    group: 'inline',
    inline: true,
    content: 'text*',
    marks: '_',
    code: true,
    atom: true,
    isolating: true,
    selectable: true,
    toDOM: () => ['span', { class: 'math' }, 0],
  },
  /** A link to another document, by its id, so that renaming and moving never break it. */
  mention: {
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    attrs: {
      /** The other document's id: 64 hexadecimal digits. */
      document: { default: null },
      /** Its title when the mention was written. */
      label: { default: null },
    },
    toDOM: (node) => ['span', { class: 'mention' }, mentionLabel(node.attrs['label'])],
  },
}
