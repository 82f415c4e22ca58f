/** Find and replace on the page, by name and by key. */
import { Replace, Search, TextSearch } from 'lucide-react'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'
import { availability } from './document-commands.ts'
import { keyboard } from './shortcut.ts'

export function findCommands(model: WindowModel): readonly Command[] {
  const command = commandsOf('text')
  const { document, text } = availability(model)
  const find = () => model.aids.get()?.find
  const next = (way: 1 | -1) => () => {
    const session = find()
    if (session?.query.get().text === '') session.ask(false)
    else session?.next(way)
  }
  return [
    command('find.show', t('command.find'), Search, () => find()?.ask(false), {
      shortcut: 'Mod+F',
      keywords: inEveryLanguage(() => t('keywords.find')),
      unavailable: document,
    }),
    command('find.replace', t('command.findReplace'), Replace, () => find()?.ask(true), {
      shortcut: keyboard === 'mac' ? 'Mod+Alt+F' : 'Mod+H',
      keywords: inEveryLanguage(() => t('keywords.findReplace')),
      unavailable: text,
    }),
    command('find.next', t('command.findNext'), TextSearch, next(1), {
      shortcut: 'F3',
      also: ['Mod+G'],
      unavailable: document,
    }),
    command('find.previous', t('command.findPrevious'), TextSearch, next(-1), {
      shortcut: 'Shift+F3',
      also: ['Mod+Shift+G'],
      unavailable: document,
    }),
  ]
}
