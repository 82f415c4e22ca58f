import { parseArgs } from 'node:util'

/**
 * What electron-builder tells fpm about the Debian package to make.
 * @typedef {object} DebianPackage
 * @property {string} output the .deb to write
 * @property {string} compression dpkg-deb's name for it
 * @property {Record<string, string>} control fields of the control file that have a value, in their order
 * @property {{ from: string, to: string }[]} files `from` may be a folder (ending in "/"), whose content goes to `to`
 * @property {{ postinst?: string | undefined, postrm?: string | undefined }} scripts files run by dpkg
 */

/** dpkg-deb knows no bzip2; the rest differs in name only. @type {Record<string, string>} */
const COMPRESSION = { gz: 'gzip', bzip2: 'xz', xz: 'xz', zst: 'zstd', none: 'none' }

const string = /** @type {const} */ ({ type: 'string' })
const OPTIONS = /** @type {const} */ ({
  s: { type: 'string', short: 's' },
  t: { type: 'string', short: 't' },
  d: { type: 'string', short: 'd', multiple: true },
  force: { type: 'boolean' },
  debug: { type: 'boolean' },
  'deb-recommends': { type: 'string', multiple: true },
  architecture: string,
  'after-install': string,
  'after-remove': string,
  description: string,
  version: string,
  package: string,
  name: string,
  maintainer: string,
  vendor: string,
  url: string,
  category: string,
  'deb-priority': string,
  license: string,
  'deb-compression': string,
  iteration: string,
  log: string,
})

/**
 * Reads the part of fpm's command line that electron-builder uses for `-s dir -t deb`; throws on anything else.
 * @param {string[]} args
 * @returns {DebianPackage}
 */
export function readFpmArguments(args) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  if (values.s !== 'dir' || values.t !== 'deb')
    throw new Error(`only "-s dir -t deb" is known, not ${values.s} to ${values.t}`)
  if (!values.package || !values.name || !values.version) throw new Error('--package, --name and --version are needed')
  const description = (values.description ?? values.name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const control = {
    Package: values.name,
    Version: values.iteration ? `${values.version}-${values.iteration}` : values.version,
    License: values.license,
    Vendor: values.vendor,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    Depends: values.d?.join(', '),
    Recommends: values['deb-recommends']?.join(', '),
    Section: values.category ?? 'default',
    Priority: values['deb-priority'] ?? 'optional',
    Homepage: values.url,
    Description: description.join('\n '),
  }
  return {
    output: values.package,
    compression: COMPRESSION[values['deb-compression'] ?? 'gz'] ?? 'gzip',
    control: Object.fromEntries(Object.entries(control).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    files: positionals.map((pair) => ({
      from: pair.slice(0, pair.lastIndexOf('=')),
      to: pair.slice(pair.lastIndexOf('=') + 1),
    })),
    scripts: { postinst: values['after-install'], postrm: values['after-remove'] },
  }
}
