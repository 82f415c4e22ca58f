import { expect, test } from 'vitest'
import { trayTemplate } from './tray-menu.ts'

function setUp(recent: { documentId: string; title: string }[]) {
  const done: string[] = []
  const items = trayTemplate(recent, {
    present: () => done.push('present'),
    newDocument: () => done.push('new document'),
    showRecent: (documentId) => done.push(`show ${documentId}`),
    quit: () => done.push('quit'),
  })
  for (const item of items) (item.click as (() => void) | undefined)?.()
  return { done, labels: items.map((item) => item.label ?? '—') }
}

test('LIB-35: the icon beside the clock names the last five documents, and each item does what it says', () => {
  const { done, labels } = setUp(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ documentId: id, title: `Letter ${id}` })),
  )
  const letters = ['Letter a', 'Letter b', 'Letter c', 'Letter d', 'Letter e']
  expect(labels).toEqual(['Open Sheaf', 'New document', '—', ...letters, '—', 'Quit Sheaf'])
  expect(done).toEqual(['present', 'new document', 'show a', 'show b', 'show c', 'show d', 'show e', 'quit'])
})

test('LIB-35: before anything was opened it says so, with nothing to click', () => {
  const { done, labels } = setUp([])
  expect(labels).toContain('No recent documents')
  expect(done).toEqual(['present', 'new document', 'quit'])
})
