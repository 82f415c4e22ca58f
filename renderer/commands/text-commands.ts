/** What can be done to the text at the caret. The page hears these shortcuts itself. */
import {
  Bold,
  Code,
  CodeXml,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  Minus,
  Pilcrow,
  Quote,
  Redo2,
  Strikethrough,
  Undo2,
} from 'lucide-react'
import type { DocumentCommands, DocumentCommandsRef } from '../documents/document-state.ts'
import { t } from '../strings/t.ts'
import { type Command, commandsOf } from './command.ts'

/** `unavailable` says why the text can't be changed now, or ''. */
export function textCommands(page: DocumentCommandsRef, unavailable: string): readonly Command[] {
  const command = commandsOf('text', 'page')
  const onPage = (work: (page: DocumentCommands) => void) => () => {
    if (!page.current) return
    page.current.focus()
    work(page.current)
  }
  const state = { unavailable }
  const keys = (shortcut: string) => ({ unavailable, shortcut })

  return [
    command(
      'edit.undo',
      t('command.undo'),
      Undo2,
      onPage((page) => page.undo()),
      keys('Mod+Z'),
    ),
    command(
      'edit.redo',
      t('command.redo'),
      Redo2,
      onPage((page) => page.redo()),
      keys('Mod+Shift+Z'),
    ),
    command(
      'text.bold',
      t('command.bold'),
      Bold,
      onPage((page) => page.toggleMark('bold')),
      keys('Mod+B'),
    ),
    command(
      'text.italic',
      t('command.italic'),
      Italic,
      onPage((page) => page.toggleMark('italic')),
      keys('Mod+I'),
    ),
    command(
      'text.strike',
      t('command.strike'),
      Strikethrough,
      onPage((page) => page.toggleMark('strike')),
      keys('Mod+Shift+X'),
    ),
    command(
      'text.code',
      t('command.code'),
      Code,
      onPage((page) => page.toggleMark('code')),
      keys('Mod+E'),
    ),
    command(
      'text.link',
      t('command.link'),
      Link,
      onPage((page) => page.editLink()),
      state,
    ),
    command(
      'text.paragraph',
      t('command.paragraph'),
      Pilcrow,
      onPage((page) => page.setKind('paragraph')),
      keys('Mod+Alt+0'),
    ),
    command(
      'text.h1',
      t('command.h1'),
      Heading1,
      onPage((page) => page.setKind('h1')),
      keys('Mod+Alt+1'),
    ),
    command(
      'text.h2',
      t('command.h2'),
      Heading2,
      onPage((page) => page.setKind('h2')),
      keys('Mod+Alt+2'),
    ),
    command(
      'text.h3',
      t('command.h3'),
      Heading3,
      onPage((page) => page.setKind('h3')),
      keys('Mod+Alt+3'),
    ),
    command(
      'text.bullet',
      t('command.bullet'),
      List,
      onPage((page) => page.setKind('bullet')),
      keys('Mod+Shift+8'),
    ),
    command(
      'text.ordered',
      t('command.ordered'),
      ListOrdered,
      onPage((page) => page.setKind('ordered')),
      keys('Mod+Shift+7'),
    ),
    command(
      'text.task',
      t('command.task'),
      ListChecks,
      onPage((page) => page.setKind('task')),
      keys('Mod+Shift+9'),
    ),
    command(
      'text.quote',
      t('command.quote'),
      Quote,
      onPage((page) => page.setKind('quote')),
      state,
    ),
    command(
      'text.codeBlock',
      t('command.codeBlock'),
      CodeXml,
      onPage((page) => page.setKind('code')),
      state,
    ),
    command(
      'text.divider',
      t('command.divider'),
      Minus,
      onPage((page) => page.insertDivider()),
      state,
    ),
  ]
}
