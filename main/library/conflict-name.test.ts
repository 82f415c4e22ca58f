import { expect, test } from 'vitest'
import { conflictOriginals, isConflictNameOf } from './conflict-name.ts'

test.each([
  ['Dropbox', '/d/Hay (Alice’s conflicted copy 2024-01-05).sheaf', '/d/Hay.sheaf'],
  ['Dropbox, a second one', "/d/Hay (Bob's conflicted copy 2024-01-05) (1).sheaf", '/d/Hay.sheaf'],
  ['Dropbox, from a computer', '/d/Hay (LAPTOP conflicted copy 2024-01-05 (1)).sheaf', '/d/Hay.sheaf'],
  ['Dropbox in German', '/d/Hay (In Konflikt stehende Kopie von Bob 2024-01-05).sheaf', '/d/Hay.sheaf'],
  ['Dropbox, by case', '/d/hay (Case Conflict).sheaf', '/d/hay.sheaf'],
  ['Nextcloud', '/d/Hay (conflicted copy 2024-01-05 101112).sheaf', '/d/Hay.sheaf'],
  ['older Nextcloud', '/d/Hay_conflict-20240105-101112.sheaf', '/d/Hay.sheaf'],
  ['Syncthing', '/d/Hay.sync-conflict-20240105-101112-ABCDEFG.sheaf', '/d/Hay.sheaf'],
  ['Google Drive', '/d/Hay [Conflict].sheaf', '/d/Hay.sheaf'],
  ['Google Drive, numbered', '/home/a/Google Drive/Hay (1).sheaf', '/home/a/Google Drive/Hay.sheaf'],
  ['OneDrive', '/home/a/OneDrive/Hay-LAPTOP7.sheaf', '/home/a/OneDrive/Hay.sheaf'],
  ['OneDrive, second', '/home/a/OneDrive - Work/x/Hay-DESKTOP-1A2B3C-2.sheaf', '/home/a/OneDrive - Work/x/Hay.sheaf'],
  [
    'iCloud Drive',
    '/U/a/Library/Mobile Documents/com~apple~CloudDocs/Hay 2.sheaf',
    '/U/a/Library/Mobile Documents/com~apple~CloudDocs/Hay.sheaf',
  ],
])('LIB-6: a conflict copy of %s is known by its name', (_, copy, original) => {
  expect(isConflictNameOf(copy, original)).toBe(true)
})

test.each([
  '/d/Hay.sheaf',
  '/d/Hay copy.sheaf',
  '/d/Hay - Copy.sheaf',
  '/d/Hay (copy).sheaf',
  '/d/Hay 2.sheaf',
  '/d/Hay (1).sheaf',
  '/d/Hay-draft.sheaf',
  '/d/Hay-LAPTOP.sheaf',
  '/d/conflicted copy.sheaf',
])('LIB-6: %s is a name people give: no conflict copy by itself', (file) => {
  expect(conflictOriginals(file)).toEqual([])
})

test('LIB-6: a conflict name speaks of a file in its own folder only', () => {
  expect(isConflictNameOf('/d/sub/Hay [Conflict].sheaf', '/d/Hay.sheaf')).toBe(false)
})
