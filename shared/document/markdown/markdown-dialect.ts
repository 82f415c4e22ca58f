/**
 * The Markdown we write and read: CommonMark with GitHub's strikethrough, task lists and (read only) tables. Bare
 * addresses in text stay text, so nothing in prose has to be escaped for them.
 */
import { gfmStrikethroughFromMarkdown, gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown, gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown, gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item'
import type { Options as ParseOptions } from 'mdast-util-from-markdown'
import type { Options as PrintOptions } from 'mdast-util-to-markdown'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'

/** How an empty block is written where Markdown has no way to say "an empty paragraph". */
export const EMPTY_BLOCK = '&nbsp;'
/** How a line break is written where Markdown's own would not be read as one: in headings and at the end of a block. */
export const BREAK_TAG = '<br>'

export const PARSE: ParseOptions = {
  extensions: [gfmStrikethrough({ singleTilde: false }), gfmTable(), gfmTaskListItem()],
  mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
}

export const PRINT: PrintOptions = {
  extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown(), gfmTaskListItemToMarkdown()],
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
