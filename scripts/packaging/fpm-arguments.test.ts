import { expect, test } from 'vitest'
import { readFpmArguments } from './fpm-arguments.mjs'

const args = [
  '-s',
  'dir',
  '--force',
  '-t',
  'deb',
  '-d',
  'libgtk-3-0',
  '-d',
  'libnss3',
  '--architecture',
  'amd64',
  '--name',
  'sheaf',
]

test('reads what electron-builder asks for', () => {
  const more = [
    '--version',
    '0.1.0',
    '--package=out.deb',
    '--description',
    'An editor\n  for novels',
    '--deb-compression',
    'bzip2',
  ]
  const wanted = readFpmArguments([
    ...args,
    ...more,
    '--after-install',
    '/tmp/in',
    '/build/app/=/opt/Sheaf',
    '/a=b/icon.png=/usr/icon.png',
  ])
  expect(wanted.output).toBe('out.deb')
  expect(wanted.compression).toBe('xz')
  expect(wanted.control).toMatchObject({
    Package: 'sheaf',
    Version: '0.1.0',
    Depends: 'libgtk-3-0, libnss3',
    Description: 'An editor\n for novels',
  })
  expect(wanted.control).not.toHaveProperty('License')
  expect(wanted.files).toEqual([
    { from: '/build/app/', to: '/opt/Sheaf' },
    { from: '/a=b/icon.png', to: '/usr/icon.png' },
  ])
  expect(wanted.scripts.postinst).toBe('/tmp/in')
})

test('refuses an option it does not know instead of dropping it', () => {
  expect(() => readFpmArguments([...args, '--deb-systemd', 'x'])).toThrow('--deb-systemd')
})

test('refuses other package formats', () => {
  expect(() => readFpmArguments(['-s', 'dir', '-t', 'rpm'])).toThrow('only')
})
