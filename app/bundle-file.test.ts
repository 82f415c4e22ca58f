import path from 'node:path'
import { expect, test } from 'vitest'
import { bundleFile, isPageAddress } from './bundle-file.ts'

const bundle = path.resolve('/sheaf/out/renderer')

test('the bare address is the page, and its parts are found below it', () => {
  expect(bundleFile(bundle, 'app://sheaf/')).toEqual({
    path: path.join(bundle, 'index.html'),
    mediaType: 'text/html; charset=utf-8',
  })
  expect(bundleFile(bundle, 'app://sheaf/assets/a-b_c.js?v=1#x')?.path).toBe(path.join(bundle, 'assets', 'a-b_c.js'))
  expect(bundleFile(bundle, 'app://sheaf/assets/face.woff2')?.mediaType).toBe('font/woff2')
})

test.each([
  'app://sheaf/../secret.js',
  'app://sheaf/%2e%2e/secret.js',
  'app://sheaf/..%2f..%2fsecret.js',
  'app://sheaf/assets/..%2f..%2f..%2fsecret.js',
  'app://sheaf/..%5c..%5csecret.js',
  'app://sheaf/C:%5csecret.js',
  'app://sheaf/%2fetc%2fpasswd.js/../../../../etc/secret.js%00.js',
  'app://sheaf/../renderer-of-another/secret.js',
])('SAFE-5: %s names nothing outside the bundle', (address) => {
  const file = bundleFile(bundle, address)?.path ?? path.join(bundle, 'nothing')
  expect(file.startsWith(bundle + path.sep)).toBe(true)
})

test.each([
  'app://other/index.html',
  'app://sheaf.example/index.html',
  'app://user@sheaf/index.html',
  'file:///sheaf/out/renderer/index.html',
  'https://sheaf/index.html',
  'app://sheaf/%E0%A4%A.js',
  'app://sheaf/assets/index.js.map',
  'app://sheaf/assets',
  'not an address',
  '',
])('SAFE-5: %j is no part of the page', (address) => {
  expect(bundleFile(bundle, address)).toBeNull()
})

test('SAFE-5: only addresses of the app are pages of ours', () => {
  expect(isPageAddress('app://sheaf/')).toBe(true)
  expect(isPageAddress('app://sheaf/index.html#x')).toBe(true)
  for (const other of ['https://sheaf/', 'app://sheaf.evil/', 'app://x@sheaf/', 'about:blank', 'about:srcdoc', ''])
    expect(isPageAddress(other)).toBe(false)
})
