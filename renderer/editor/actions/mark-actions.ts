/** Formatting of words. */
import {
  Bold,
  Code,
  Highlighter,
  Italic,
  RemoveFormatting,
  Strikethrough,
  Subscript,
  Superscript,
  Underline,
} from 'lucide-react'
import { HIGHLIGHTS, type Highlight } from '../../../shared/document/mark-specs.ts'
import type { ToggledMark } from '../../documents/document-state.ts'
import { t } from '../../strings/t.ts'
import { clearMarks, highlight, toggle } from '../formatting/set-mark.ts'
import type { PageAction } from './page-action.ts'

export const HIGHLIGHT_LABELS: Readonly<Record<Highlight, () => string>> = {
  yellow: () => t('highlight.yellow'),
  green: () => t('highlight.green'),
  blue: () => t('highlight.blue'),
  pink: () => t('highlight.pink'),
  orange: () => t('highlight.orange'),
}

/** A mark that is there or not. */
export interface MarkAction extends PageAction {
  readonly mark: ToggledMark
}

function markAction(
  mark: ToggledMark,
  facts: Pick<PageAction, 'icon' | 'title' | 'shortcut' | 'typed' | 'keywords'>,
): MarkAction {
  return { id: `text.${mark}Mark`, mark, section: 'mark', command: (schema) => toggle(schema, mark), ...facts }
}

/** In the order of the toolbar. */
export const toggledMarks: readonly MarkAction[] = [
  markAction('bold', { icon: Bold, title: () => t('command.bold'), shortcut: 'Mod+B', typed: '**' }),
  markAction('italic', { icon: Italic, title: () => t('command.italic'), shortcut: 'Mod+I', typed: '*' }),
  markAction('underline', { icon: Underline, title: () => t('command.underline'), shortcut: 'Mod+U' }),
  markAction('strike', {
    icon: Strikethrough,
    title: () => t('command.strike'),
    shortcut: 'Mod+Shift+X',
    typed: '~~',
  }),
  markAction('code', { icon: Code, title: () => t('command.code'), shortcut: 'Mod+E', typed: '`' }),
  markAction('superscript', {
    icon: Superscript,
    title: () => t('command.superscript'),
    keywords: () => t('keywords.superscript'),
    shortcut: 'Mod+.',
  }),
  markAction('subscript', {
    icon: Subscript,
    title: () => t('command.subscript'),
    keywords: () => t('keywords.subscript'),
    shortcut: 'Mod+Shift+.',
  }),
]

export const clearMarksAction: PageAction = {
  id: 'text.clearMarks',
  section: 'mark',
  icon: RemoveFormatting,
  title: () => t('command.clearMarks'),
  keywords: () => t('keywords.clearMarks'),
  command: () => clearMarks,
}

export const markActions: readonly PageAction[] = [
  ...toggledMarks,
  ...HIGHLIGHTS.map(
    (color): PageAction => ({
      id: `text.highlight.${color}`,
      section: 'mark',
      icon: Highlighter,
      title: () => t('command.highlight', HIGHLIGHT_LABELS[color]()),
      keywords: () => t('keywords.highlight'),
      ...(color === 'yellow' ? { shortcut: 'Mod+Shift+H', typed: '==' } : {}),
      command: (schema) => highlight(schema, color),
    }),
  ),
  clearMarksAction,
]
