import { expect, test } from 'vitest'
import { renamedPackages } from './apt-packages.mjs'

test.each([
  ['Debian 12', 'ID=debian\nVERSION_ID="12"\n', false],
  ['Debian 13', 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="13"\n', true],
  ['Debian testing', 'ID=debian\n', true],
  ['Ubuntu 22.04', 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n', false],
  ['Ubuntu 24.04', 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', true],
  ['a system without the file', '', false],
])('knows whether %s gave its libraries the t64 ending', (_, release, renamed) => {
  expect(renamedPackages(release)).toBe(renamed)
})
