import { describe, expect, it, vi } from 'vitest'
import { SheafError } from '../shared/errors.ts'
import type { LibraryView } from '../shared/ipc/contract.ts'
import { createSheafApi } from './sheaf-api.ts'
import { entry, library } from './testing/entries.ts'
import { FakeBridge } from './testing/fake-bridge.ts'
import { followView } from './use-live-view.ts'
import { Observable } from './window/observable.ts'

function follow(bridge: FakeBridge) {
  const view = new Observable<LibraryView | null>(null)
  const failed = vi.fn<(error: unknown) => void>()
  const api = createSheafApi(bridge)
  const stop = followView<['library.get', 'library.changed']>(api, 'library.get', 'library.changed', view, failed)
  return { view, failed, stop }
}

describe('followView', () => {
  it('holds the answer, then what events say', async () => {
    const bridge = new FakeBridge([entry('One')])
    const { view } = follow(bridge)
    await vi.waitFor(() => expect(view.get()).toBe(bridge.view))
    const next = library([])
    bridge.emit('library.changed', next)
    expect(view.get()).toBe(next)
  })

  it('keeps an event that came before the answer: it is the newer one', async () => {
    const bridge = new FakeBridge([entry('One')])
    const { view } = follow(bridge)
    const next = library([])
    bridge.emit('library.changed', next)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(view.get()).toBe(next)
  })

  it('hears nothing after it was stopped', async () => {
    const bridge = new FakeBridge([entry('One')])
    const { view, stop } = follow(bridge)
    stop()
    bridge.emit('library.changed', library([]))
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(view.get()).toBeNull()
  })

  it('hands a failure over as a SheafError with what to quote', async () => {
    const bridge = new FakeBridge()
    bridge.failAt('library.get', { kind: 'no-permission', message: 'The folder is closed to you.', reference: 'r-9' })
    const { failed } = follow(bridge)
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce())
    const error: unknown = failed.mock.calls[0]?.[0]
    expect(error).toBeInstanceOf(SheafError)
    expect(error).toMatchObject({ kind: 'no-permission', data: { reference: 'r-9' } })
  })
})
