/** Renders the real window on a fake bridge. */
import { act, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { AppShell } from '../app-shell.tsx'
import { createSheafApi, SheafProvider } from '../sheaf-api.ts'
import { WindowModel } from '../window/window-model.ts'
import type { FakeBridge } from './fake-bridge.ts'

export interface RenderedWindow {
  readonly model: WindowModel
  readonly user: ReturnType<typeof userEvent.setup>
}

/** The window on `bridge`, once it has decided what to show. `narrow` is what the media query answers. */
export async function renderWindow(bridge: FakeBridge, { narrow = false } = {}): Promise<RenderedWindow> {
  window.matchMedia = ((media: string) => {
    const list = new EventTarget() as EventTarget & { matches: boolean; media: string }
    return Object.assign(list, { matches: narrow, media })
  }) as unknown as typeof window.matchMedia
  const api = createSheafApi(bridge)
  const model = new WindowModel(api)
  const user = userEvent.setup()
  render(
    <SheafProvider value={api}>
      <AppShell model={model} />
    </SheafProvider>,
  )
  await act(async () => {})
  return { model, user }
}
