import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DocumentState } from '../documents/document-state.ts'
import { createSheafApi } from '../sheaf-api.ts'
import { FakeBridge } from '../testing/fake-bridge.ts'
import { StatusBar } from './status-bar.tsx'
import { WindowModel } from './window-model.ts'

const state: DocumentState = {
  save: 'saved',
  reason: '',
  file: { kind: 'ok', fileName: 'Gauge', folder: '' },
  mode: 'write',
  readOnlyReason: '',
  notice: null,
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function pass(milliseconds: number) {
  act(() => {
    vi.advanceTimersByTime(milliseconds)
  })
}

function renderStatus() {
  const model = new WindowModel(createSheafApi(new FakeBridge()))
  model.show('a'.repeat(64))
  render(<StatusBar model={model} onAddDictionary={() => {}} />)
  const tell = (facts: Partial<DocumentState>) => act(() => model.hearState({ ...state, ...facts }))
  const words = () => screen.getByRole('status', { name: 'Document state' }).textContent
  return { tell, words }
}

describe('the document’s state', () => {
  it('says that every word is on disk, and where else: nowhere', async () => {
    const { tell, words } = renderStatus()
    tell({})
    await act(async () => {})
    expect(words()).toBe('Saved · Only on this computer')
  })

  it('SAFE-43: never says “Saved” while a word is not on disk, and says it again when the typing pauses', () => {
    const { tell, words } = renderStatus()
    tell({})
    expect(words()).toContain('Saved')
    for (let key = 0; key < 3; key++) {
      tell({ save: 'saving' })
      expect(words()).toContain('Saving…')
      tell({ save: 'saved' })
      pass(299)
      expect(words()).toContain('Saving…')
    }
    pass(1)
    expect(words()).toContain('Saved')
  })

  it('SAFE-41: says at once that words are not saved, and why', () => {
    const { tell, words } = renderStatus()
    tell({ save: 'saving' })
    tell({ save: 'not-saved', reason: 'The disk is full.' })
    expect(words()).toBe('Not saved · The disk is full.')
  })

  it('says what is wrong with the file', () => {
    const { tell, words } = renderStatus()
    tell({ file: { kind: 'missing', fileName: 'Gauge', folder: '' } })
    expect(words()).toBe('Saved · The file is missing')
  })
})
