import { expect, test } from 'vitest'
import { fieldMenu } from './field-menu.ts'

const flags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true } as Electron.EditFlags

test('MENU-6: fields outside of the page can be cut, copied and pasted in; other places have a menu where words are selected', () => {
  const labels = (isEditable: boolean, selectionText: string) =>
    fieldMenu({ isEditable, selectionText, editFlags: flags }).flatMap(({ label }) => label ?? [])
  expect(labels(true, '')).toEqual(['Cut', 'Copy', 'Paste', 'Select all'])
  expect(labels(false, 'words')).toEqual(['Copy'])
  expect(labels(false, ' ')).toEqual([])
  const [cut] = fieldMenu({ isEditable: true, selectionText: '', editFlags: { ...flags, canCut: false } })
  expect(cut?.enabled).toBe(false)
})
