import type { Panel } from '../../shared/ipc/contract.ts'
import type { WritingAids } from '../documents/writing-aids.ts'
import { OutlinePanel } from '../outline/outline-panel.tsx'
import { t } from '../strings/t.ts'
import { SidePanel } from './side-panel.tsx'
import type { WindowModel } from './window-model.ts'

export interface PanelsProps {
  readonly model: WindowModel
  readonly panel: Panel
  readonly aids: WritingAids
  readonly over: boolean
}

/** The panel that is open at the right, in its frame. */
export function Panels({ model, panel, aids, over }: PanelsProps) {
  const close = () => {
    model.togglePanel(panel, false)
    model.page.current?.focus()
  }
  return (
    <SidePanel key={panel} title={t(`panel.${panel}`)} over={over} takesFocus={model.panelAsked} onClose={close}>
      {panelContent(panel, aids, () => over && model.togglePanel(panel, false))}
    </SidePanel>
  )
}

function panelContent(panel: Panel, aids: WritingAids, onGone: () => void) {
  switch (panel) {
    case 'outline':
      return <OutlinePanel outline={aids.outline} onGone={onGone} />
  }
}
