import { Popover } from 'radix-ui'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import type { WindowModel } from '../../window/window-model.ts'
import { SyncDetails } from './sync-details.tsx'

const GAP = 8

/** Lies over the state at the foot of the window and opens what stands behind its short phrase. */
export function SyncButton({ model, saved }: { readonly model: WindowModel; readonly saved: boolean }) {
  const open = useObserved(model.syncShown)
  const view = useObserved(model.sync.view)
  const claim = useObserved(model.sync.claim)
  return (
    <Popover.Root open={open} onOpenChange={(next) => model.syncShown.set(next)}>
      <Popover.Trigger asChild>
        <button type="button" className="statusbar__details" aria-label={t('sync.title')} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu sync chrome"
          aria-label={t('sync.title')}
          side="top"
          align="start"
          sideOffset={GAP}
          collisionPadding={GAP}
        >
          <SyncDetails claim={claim} view={view} saved={saved} />
          <button
            type="button"
            className="button button--small"
            onClick={() => {
              model.syncShown.set(false)
              setTimeout(() => model.dialog.set('share'), 0)
            }}
          >
            {t('sync.share')}
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
