/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

/**
 * The optional packages that a lockfile's packages name in one exact version and that have no entry of their own. npm
 * leaves them out when its registry does not have them; `npm ci` then refuses the lockfile on every system.
 * @param {Lockfile} lockfile
 * @returns {{ place: string, entry: LockedPackage }[]} where each belongs, and what can be said of it without a registry
 */
export function missingEntries({ packages }) {
  const missing = new Map()
  for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const place = `node_modules/${name}`
      if (packages[place] || packages[`${owner}/${place}`] || !/^\d+\.\d+\.\d+$/.test(version)) continue
      missing.set(place, {
        place,
        entry: { version, ...inOrder({ ...platformOf(name), ...(dev ? { dev } : {}), optional: true }) },
      })
    }
  }
  return [...missing.values()]
}

/** @param {LockedPackage} entry @returns {LockedPackage} with its fields by name, as npm writes them */
function inOrder(entry) {
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => a.localeCompare(b, 'en')))
}

/**
 * @param {string} name "@oxlint/binding-linux-x64-musl"
 * @returns {Pick<LockedPackage, 'os' | 'cpu' | 'libc'>} the system that such a package is for, as its name says it
 */
function platformOf(name) {
  const words = (name.split('/').at(-1) ?? '').split('-')
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor))
  const libc = words.includes('musl') ? ['musl'] : os.includes('linux') && words.includes('gnu') ? ['glibc'] : []
  return { ...(cpu.length > 0 ? { cpu } : {}), ...(libc.length > 0 ? { libc } : {}), ...(os.length > 0 ? { os } : {}) }
}

/**
 * @template {Lockfile} T
 * @param {T} lockfile
 * @returns {T} the lockfile with those entries, in npm's order
 */
export function completeLockfile(lockfile) {
  const added = missingEntries(lockfile).map(({ place, entry }) => /** @type {const} */ ([place, entry]))
  const byPlace = (/** @type {readonly [string, unknown]} */ a, /** @type {readonly [string, unknown]} */ b) =>
    a[0].localeCompare(b[0], 'en')
  return { ...lockfile, packages: Object.fromEntries([...Object.entries(lockfile.packages), ...added].sort(byPlace)) }
}
