/** Sharing and joining documents, and the way back to them. */
import { KeyRound, MonitorSmartphone, PlugZap, RotateCcwKey, UserPlus, UsersRound } from 'lucide-react'
import { askToJoin } from '../sharing/join/ask-to-join.ts'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'
import { availability } from './document-commands.ts'

export function sharingCommands(model: WindowModel): readonly Command[] {
  const onDocument = commandsOf('document')
  const onApp = commandsOf('app')
  const unavailable = availability(model).document
  const show = (dialog: 'share' | 'yjs' | 'recovery' | 'restore') => () => model.dialog.set(dialog)
  const recovery = { keywords: inEveryLanguage(() => t('keywords.recovery')) }
  return [
    onDocument('document.share', t('command.share'), UserPlus, show('share'), {
      keywords: inEveryLanguage(() => t('keywords.share')),
      unavailable,
    }),
    onDocument('document.join', t('command.join'), UsersRound, () => askToJoin(model), {
      keywords: inEveryLanguage(() => t('keywords.join')),
    }),
    onDocument('view.sync', t('command.sync'), MonitorSmartphone, () => model.syncShown.set(true), {
      keywords: inEveryLanguage(() => t('keywords.sync')),
      unavailable,
    }),
    onDocument('document.yjs', t('command.yjs'), PlugZap, show('yjs'), {
      keywords: inEveryLanguage(() => t('keywords.yjs')),
      unavailable,
    }),
    onApp('app.recovery', t('command.recovery'), KeyRound, show('recovery'), recovery),
    onApp('app.restoreWords', t('command.restoreWords'), RotateCcwKey, show('restore'), recovery),
  ]
}
