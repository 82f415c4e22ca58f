/** Spelling by name and by key: the next wrong word, the document's language, checking at all, dictionaries. */
import { BookPlus, Languages, SpellCheck, SpellCheck2 } from 'lucide-react'
import type { SpellingActions } from '../spelling/spelling-actions.ts'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'
import { availability } from './document-commands.ts'

export function spellingCommands(model: WindowModel, actions: SpellingActions): readonly Command[] {
  const command = commandsOf('text')
  const { document, text } = availability(model)
  const keywords = inEveryLanguage(() => t('keywords.spelling'))
  const spells = model.settings.get()?.spelling === true
  const next = () =>
    model.board.attempt(async () => {
      const spelling = model.aids.get()?.spelling
      if (spelling !== undefined && !(await spelling.goToNext())) model.board.mention(t('spelling.noneWrong'))
    })
  return [
    command('spelling.next', t('command.nextMisspelling'), SpellCheck2, next, {
      shortcut: 'F7',
      keywords,
      unavailable: document === '' && !spells ? t('spelling.isOff') : document,
    }),
    command('spelling.language', t('command.documentLanguage'), Languages, () => model.languageShown.set(true), {
      keywords,
      unavailable: text,
    }),
    command('spelling.toggle', t('command.spelling'), SpellCheck, () => model.changeSettings({ spelling: !spells }), {
      keywords,
    }),
    command('spelling.addDictionary', t('command.addDictionary'), BookPlus, () => actions.addDictionary(), {
      keywords,
    }),
  ]
}
