import { describe, expect, it } from 'vitest'
import type { DocumentState } from '../documents/document-state.ts'
import { type DocumentRemedies, documentNotices } from './document-notices.ts'

const ok: DocumentState = {
  save: 'saved',
  reason: '',
  file: { kind: 'ok', fileName: 'Gauge', folder: '' },
  mode: 'write',
  readOnlyReason: '',
  notice: null,
}

function remedies(): DocumentRemedies & { readonly done: string[] } {
  const done: string[] = []
  const note = (name: string) => async () => void done.push(name)
  return {
    done,
    saveAgain: note('saveAgain'),
    locate: note('locate'),
    keepNewest: note('keepNewest'),
    bringInOlder: note('bringInOlder'),
    exportCopy: note('exportCopy'),
    copyText: note('copyText'),
  }
}

const labels = (state: DocumentState) => documentNotices(state, remedies())[0]?.actions.map(({ label }) => label)

describe('documentNotices', () => {
  it('says nothing when all is well', () => {
    expect(documentNotices(ok, remedies())).toEqual([])
    expect(documentNotices({ ...ok, save: 'saving' }, remedies())).toEqual([])
  })

  it('SAFE-40: says why words are not saved, what is safe and what to do, first of all', () => {
    const [first] = documentNotices(
      {
        ...ok,
        save: 'not-saved',
        reason: 'The disk is full.',
        file: { kind: 'missing', fileName: 'Gauge', folder: '' },
      },
      remedies(),
    )
    expect(first).toMatchObject({ tone: 'danger', title: 'Not saved', text: 'The disk is full.', dismissible: false })
    expect(first?.facts?.map(({ term }) => term)).toEqual(['Safe', 'At risk', 'Do'])
  })

  it('SAFE-42: offers a way on for each thing that can be wrong with the file', async () => {
    const facts = { fileName: 'Gauge', folder: '' }
    expect(labels({ ...ok, file: { kind: 'missing', ...facts } })).toEqual(['Save again', 'Locate…'])
    expect(labels({ ...ok, file: { kind: 'rolled-back', ...facts } })).toEqual([
      'Keep newest',
      'Bring in the older text',
    ])
    expect(labels({ ...ok, file: { kind: 'not-written', reason: 'No room.', ...facts } })).toEqual(['Save again'])

    const chosen = remedies()
    const notices = documentNotices({ ...ok, file: { kind: 'rolled-back', ...facts } }, chosen)
    for (const action of notices[0]?.actions ?? []) await action.run()
    expect(chosen.done).toEqual(['keepNewest', 'bringInOlder'])
  })

  it('says why a document can only be read', () => {
    const [notice] = documentNotices(
      { ...ok, mode: 'read-only', readOnlyReason: 'It comes from a newer Sheaf.' },
      remedies(),
    )
    expect(notice?.title).toBe('It comes from a newer Sheaf.')
    expect(notice?.actions.map(({ label }) => label)).toEqual(['Export a copy'])
  })

  it('tells of a merge once, and lets it be put away', () => {
    const [notice] = documentNotices({ ...ok, notice: { key: 7, message: 'Two copies were merged.' } }, remedies())
    expect(notice).toMatchObject({ key: 'document-7', title: 'Two copies were merged.', dismissible: true })
  })
})
