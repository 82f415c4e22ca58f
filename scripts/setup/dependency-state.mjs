/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Which locked packages node_modules lacks or holds in another version. npm keeps a lockfile of what it installed in
 * node_modules/.package-lock.json; comparing contents, unlike times, survives clones, copies and restored caches.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | null} installed node_modules/.package-lock.json, null when there is none
 * @returns {string[]} their places ("node_modules/yjs"); empty when the installation fits. Optional packages may be
 *   missing (they belong to other systems) but not differ.
 */
export function outdatedPackages(wanted, installed) {
  const have = installed?.packages ?? {}
  return Object.entries(wanted.packages ?? {})
    .filter(([place, { version, integrity, optional, link }]) => {
      if (place === '' || link) return false
      const found = have[place]
      if (!found) return !optional
      return found.version !== version || (integrity !== undefined && found.integrity !== integrity)
    })
    .map(([place]) => place)
}
