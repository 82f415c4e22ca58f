/** What of the window and the page one sees while writing: the outline, focus, typewriter scrolling, counts. */
import { AlignVerticalSpaceAround, Focus, ListTree, ScanText, WholeWord } from 'lucide-react'
import type { FocusMode } from '../../shared/ipc/contract.ts'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'
import { availability } from './document-commands.ts'

export function sightCommands(model: WindowModel): readonly Command[] {
  const command = commandsOf('view')
  const unavailable = availability(model).document
  const settings = model.settings.get()
  const toggle = (mode: FocusMode) => () => model.setFocus(settings?.focus === mode ? 'off' : mode)
  const focusWords = inEveryLanguage(() => t('keywords.focus'))
  return [
    command('view.outline', t('command.outline'), ListTree, () => model.togglePanel('outline'), {
      shortcut: 'Mod+Shift+O',
      keywords: inEveryLanguage(() => t('keywords.outline')),
      unavailable,
    }),
    command(
      'view.focus',
      t(settings?.focus === 'block' ? 'command.focusOff' : 'command.focusBlock'),
      Focus,
      toggle('block'),
      {
        shortcut: 'Mod+Shift+D',
        keywords: focusWords,
        unavailable,
      },
    ),
    command(
      'view.focusSentence',
      t(settings?.focus === 'sentence' ? 'command.focusOff' : 'command.focusSentence'),
      ScanText,
      toggle('sentence'),
      { keywords: focusWords, unavailable },
    ),
    command(
      'view.typewriter',
      t('command.typewriter'),
      AlignVerticalSpaceAround,
      () => model.changeSettings({ typewriter: settings?.typewriter !== true }),
      { shortcut: 'Mod+Shift+Y', keywords: inEveryLanguage(() => t('keywords.typewriter')), unavailable },
    ),
    command('view.counts', t('command.counts'), WholeWord, () => model.countsShown.set(true), {
      keywords: inEveryLanguage(() => t('keywords.counts')),
      unavailable,
    }),
  ]
}
