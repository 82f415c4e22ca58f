/** The size of the whole window, page and chrome alike, in the steps browsers have. */
import { RotateCcw, ZoomIn, ZoomOut } from 'lucide-react'
import { type Zoom, ZOOMS } from '../../shared/ipc/contract.ts'
import { inEveryLanguage, t } from '../strings/t.ts'
import type { WindowModel } from '../window/window-model.ts'
import { type Command, commandsOf } from './command.ts'

export function zoomCommands(model: WindowModel): readonly Command[] {
  const command = commandsOf('view')
  const keywords = inEveryLanguage(() => t('keywords.zoom'))
  const zoomTo = (zoom: Zoom) => {
    model.page.current?.keepCaretInSight()
    model.changeSettings({ zoom })
    const back = { label: t('command.zoomReset'), run: () => zoomTo(100) }
    model.board.mention(t('zoom.now', zoom), zoom === 100 ? null : back)
  }
  const step = (way: 1 | -1) => () => {
    const now = model.settings.get()?.zoom
    if (now !== undefined) zoomTo(ZOOMS[ZOOMS.indexOf(now) + way] ?? now)
  }
  return [
    // Where the plus sign needs Shift, the key it stands on will do without.
    command('view.zoomIn', t('command.zoomIn'), ZoomIn, step(1), {
      shortcut: 'Mod++',
      also: ['Mod+=', 'Mod+Shift++'],
      keywords,
    }),
    command('view.zoomOut', t('command.zoomOut'), ZoomOut, step(-1), { shortcut: 'Mod+-', keywords }),
    command('view.zoomReset', t('command.zoomReset'), RotateCcw, () => zoomTo(100), { shortcut: 'Mod+0', keywords }),
  ]
}
