import { expect, test } from 'vitest'
import { missingLibraries } from './shared-libraries.mjs'

test('names the libraries that ldd could not find, each once', () => {
  const output = `\tlinux-vdso.so.1 (0x00007ffe)
\tlibnss3.so => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f10)
\tlibgtk-3.so.0 => not found
\tlibnss3.so => not found
`
  expect(missingLibraries(output)).toEqual(['libnss3.so', 'libgtk-3.so.0'])
})

test('finds nothing missing when every library is there', () => {
  expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x1)\n')).toEqual([])
})
