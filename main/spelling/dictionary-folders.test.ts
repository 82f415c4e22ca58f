import { expect, test } from 'vitest'
import { systemDictionaryFolders } from './dictionary-folders.ts'

test('SPELL-1: dictionaries are looked for where each system and its office programs keep them', () => {
  const linux = systemDictionaryFolders({ platform: 'linux', env: { DICPATH: '/opt/words' }, home: '/home/alice' })
  expect(linux[0]).toBe('/opt/words')
  expect(linux).toContain('/usr/share/hunspell')
  const mac = systemDictionaryFolders({ platform: 'darwin', env: {}, home: '/Users/alice' })
  expect(mac[0]).toBe('/Users/alice/Library/Spelling')
  const windows = systemDictionaryFolders({
    platform: 'win32',
    env: { ProgramFiles: 'C:\\Programs' },
    home: 'C:\\alice',
  })
  expect(windows).toEqual(['C:\\Programs\\LibreOffice\\share\\extensions\\*'])
})
