import { expect, test } from 'vitest'
import { conflictNames, pathKey } from './conflict-name.ts'

const originals = (file: string) => conflictNames(file).map((name) => name.original)
const certain = (file: string) => conflictNames(file).filter((name) => name.certain)

test.each([
  ['Dropbox', '/d/Hay (Alice’s conflicted copy 2024-01-05).sheaf'],
  ['Dropbox, a second one', "/d/Hay (Bob's conflicted copy 2024-01-05) (1).sheaf"],
  ['Dropbox, from a computer', '/d/Hay (LAPTOP conflicted copy 2024-01-05 (1)).sheaf'],
  ['Dropbox, from somebody with a bracket', '/d/Hay (Bob (home)’s conflicted copy 2024-01-05).sheaf'],
  ['Dropbox in German', '/d/Hay (In Konflikt stehende Kopie von Bob 2024-01-05).sheaf'],
  ['Dropbox in German, as it said before', '/d/Hay (Bobs in Konflikt stehende Kopie 2024-01-05).sheaf'],
  ['Dropbox in French', '/d/Hay (Copie en conflit de Bob 2024-01-05).sheaf'],
  ['Dropbox in French, as it said before', '/d/Hay (Bob en conflit 2024-01-05).sheaf'],
  ['Dropbox in Spanish', '/d/Hay (Copia en conflicto de Bob 2024-01-05).sheaf'],
  ['Dropbox in Spanish, as it said before', '/d/Hay (Copia conflictiva de Bob 2024-01-05).sheaf'],
  ['Dropbox in Italian', '/d/Hay (Copia in conflitto di MBP-di-Marco.fritz.box 2026-10-08).sheaf'],
  ['Dropbox in Portuguese', '/d/Hay (Cópia em conflito de Bob 2024-01-05).sheaf'],
  ['Dropbox in Russian', '/d/Hay (Конфликтующая копия пользователя Bob 2024-01-05).sheaf'],
  ['Dropbox in Japanese', '/d/Hay (平川 の競合コピー 2024-01-05).sheaf'],
  ['Dropbox in Japanese, as it said before', '/d/Hay (PC 上の問題のあるコピー 2024-01-05).sheaf'],
  ['Dropbox in Chinese', '/d/Hay (Bob 的冲突副本 2024-01-05).sheaf'],
  ['Dropbox, by case', '/d/Hay (Case Conflict).sheaf'],
  ['Dropbox, by case, numbered', '/d/Hay (Case Conflict (1)).sheaf'],
  ['Dropbox, by the making of letters', '/d/Hay (Unicode Encoding Conflict).sheaf'],
  ['Nextcloud', '/d/Hay (conflicted copy 2024-01-05 101112).sheaf'],
  ['Nextcloud, with a name', '/d/Hay (conflicted copy Alice 2024-01-05 101112).sheaf'],
  ['older Nextcloud', '/d/Hay_conflict-20240105-101112.sheaf'],
  ['older ownCloud, with a name', '/d/Hay_conflict_alice-20240105-101112.sheaf'],
  ['Syncthing', '/d/Hay.sync-conflict-20240105-101112-ABCDEFG.sheaf'],
  ['older Syncthing', '/d/Hay.sync-conflict-20240105-101112.sheaf'],
  ['Resilio', '/d/Hay.Conflict.sheaf'],
  ['Resilio, again', '/d/Hay.Conflict2.sheaf'],
  ['rclone', '/d/Hay.conflict1.sheaf'],
  ['Seafile', '/d/Hay (SFConflict alice@example.org 2024-01-05-10-11-12).sheaf'],
  ['Nutstore', '/d/Hay(LAPTOP的冲突副本1_2024-01-05 10-11-12).sheaf'],
  ['Synology', '/d/Hay_NAS_Jan-05-101112-2024_Conflict.sheaf'],
  ['Google Drive', '/d/Hay [Conflict].sheaf'],
  ['pCloud', '/d/Hay [conflicted].sheaf'],
  ['Hitachi', '/d/Hay (edits by lgreen not merged 2013-01-11).sheaf'],
])('LIB-6: a conflict copy of %s is known by its name, in whatever folder', (_, copy) => {
  expect(conflictNames(copy)).toContainEqual({ original: '/d/Hay.sheaf', certain: true })
})

test.each([
  ['Google Drive', '/home/a/Google Drive/Hay (1).sheaf', '/home/a/Google Drive/Hay.sheaf'],
  ['OneDrive', '/home/a/OneDrive/Hay-LAPTOP7.sheaf', '/home/a/OneDrive/Hay.sheaf'],
  ['OneDrive, second', '/home/a/OneDrive - Work/x/Hay-DESKTOP-1A2B3C-2.sheaf', '/home/a/OneDrive - Work/x/Hay.sheaf'],
  ['OneDrive, on a Mac', '/a/OneDrive/Hay-Annas-MacBook-Pro.sheaf', '/a/OneDrive/Hay.sheaf'],
  ['OneDrive, of a named computer', '/a/OneDrive/Hay-ANNA-PC.sheaf', '/a/OneDrive/Hay.sheaf'],
  [
    'iCloud Drive',
    '/U/a/Library/Mobile Documents/com~apple~CloudDocs/Hay 2.sheaf',
    '/U/a/Library/Mobile Documents/com~apple~CloudDocs/Hay.sheaf',
  ],
])('LIB-6: a conflict copy of %s is known by its name below the program’s own folder', (_, copy, original) => {
  expect(conflictNames(copy)).toEqual([{ original, certain: false }])
})

test.each([
  ['dots', '/d/v1.2.final (conflicted copy 2024-01-05 101112).sheaf', '/d/v1.2.final.sheaf'],
  ['numbers and brackets', '/d/Hay (2) (Bob’s conflicted copy 2024-01-05).sheaf', '/d/Hay (2).sheaf'],
  ['capitals in its ending', '/d/Hay [Conflict].SHEAF', '/d/Hay.SHEAF'],
  ['letters in two parts', '/d/Für (Konfliktkopie 2024-01-05).sheaf'.normalize('NFD'), '/d/Für.sheaf'],
])('LIB-6: a name with %s is no hindrance', (_, copy, original) => {
  expect(originals(copy).map(pathKey)).toContain(pathKey(original))
})

test('LIB-6: a conflict copy of a conflict copy leads back to the first file', () => {
  const copy = '/d/Hay (conflicted copy 2024-01-05 1) (Bob’s conflicted copy 2024-01-06).sheaf'
  expect(originals(copy)).toEqual(['/d/Hay (conflicted copy 2024-01-05 1).sheaf', '/d/Hay.sheaf'])
})

test.each([
  '/d/Hay.sheaf',
  '/d/Hay copy.sheaf',
  '/d/Hay - Copy.sheaf',
  '/d/Hay (copy).sheaf',
  '/d/Hay 2.sheaf',
  '/d/Hay (1).sheaf',
  '/d/Hay (2024-01-05).sheaf',
  '/d/Hay (the conflict of 1914).sheaf',
  '/d/Hay (Konflikt).sheaf',
  '/d/Hay-draft.sheaf',
  '/d/Hay-LAPTOP.sheaf',
  '/a/OneDrive/Hay-Draft.sheaf',
  '/a/OneDrive/Hay-V2.sheaf',
  '/d/conflicted copy.sheaf',
  '/d/(conflicted copy 2024-01-05).sheaf',
  '/d/Conflict.sheaf',
])('LIB-6: %s is a name people give: no conflict copy by itself', (file) => {
  expect(originals(file)).toEqual([])
})

test('LIB-6: a conflict name speaks of a file in its own folder only', () => {
  expect(originals('/d/sub/Hay [Conflict].sheaf')).toEqual(['/d/sub/Hay.sheaf'])
  expect(certain('/home/a/Google Drive/Hay (1) (conflicted copy 2024-01-05).sheaf').map((one) => one.original)).toEqual(
    ['/home/a/Google Drive/Hay (1).sheaf'],
  )
})
