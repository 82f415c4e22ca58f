/**
 * The Markdown we write and read: CommonMark with GitHub's strikethrough, task lists, tables, footnotes, alerts and
 * formulas between dollar signs. Bare addresses in text stay text, so nothing in prose has to be escaped for them.
 */
import { gfmFootnoteFromMarkdown, gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote'
import { gfmStrikethroughFromMarkdown, gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown, gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown, gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item'
import type { Options as ParseOptions } from 'mdast-util-from-markdown'
import { mathFromMarkdown, mathToMarkdown } from 'mdast-util-math'
import type { Options as PrintOptions } from 'mdast-util-to-markdown'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { math } from 'micromark-extension-math'

/** How an empty block is written where Markdown has no way to say "an empty paragraph". */
export const EMPTY_BLOCK = '&nbsp;'
/** How a line break is written where Markdown's own would not be read as one: in headings and at the end of a block. */
export const BREAK_TAG = '<br>'

/** Where a picture of the document is said to be when no file stands beside the text: its name follows. */
export const PICTURE_SCHEME = 'sheaf-picture:'

/** Stands between two things that would be read as one. */
export const SEPARATOR = '<!-- -->'

/** Marks that Markdown has no signs for are written with HTML's elements. */
export const MARK_ELEMENTS: Readonly<Record<string, string>> = {
  underline: 'u',
  superscript: 'sup',
  subscript: 'sub',
  highlight: 'mark',
  bold: 'strong',
  italic: 'em',
  strike: 'del',
}
/** Those that are always written so. */
export const HTML_MARKS: readonly string[] = ['underline', 'superscript', 'subscript', 'highlight']

export const PARSE: ParseOptions = {
  extensions: [gfmStrikethrough({ singleTilde: false }), gfmTable(), gfmTaskListItem(), gfmFootnote(), math()],
  mdastExtensions: [
    gfmStrikethroughFromMarkdown(),
    gfmTableFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    mathFromMarkdown(),
  ],
}

export const PRINT: PrintOptions = {
  extensions: [
    gfmStrikethroughToMarkdown(),
    gfmTableToMarkdown({ tablePipeAlign: false }),
    gfmTaskListItemToMarkdown(),
    gfmFootnoteToMarkdown(),
    mathToMarkdown(),
  ],
  bullet: '-',
  emphasis: '*',
  strong: '*',
  // Not `---`, which at the start of a file other programs take for front matter.
  rule: '*',
  listItemIndent: 'one',
  fences: true,
  resourceLink: true,
  join: [
    // Inside an item only a list may follow its words directly; everything else gets an empty line, or the words
    // before it would swallow it; so would a lone tag, which reads as HTML up to the next empty line.
    (left, right, parent) => {
      if (parent.type !== 'listItem') return undefined
      const words = left.type === 'paragraph' && !left.children.every((child) => child.type === 'html')
      return words && right.type === 'list' && right.children[0]?.children.length !== 0 ? undefined : 1
    },
  ],
}
