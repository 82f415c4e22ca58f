/**
 * `npm run lockfile`: to be run after `npm install` changed package-lock.json. Adds the entries of other systems'
 * packages that the registry at hand did not have; without them a fresh clone can't be installed anywhere.
 */
import fs from 'node:fs'
import { completeLockfile, missingEntries } from './lockfile/complete-lockfile.mjs'
import { runScript } from './setup/failure.mjs'
import { say } from './setup/progress.mjs'
import { inProject, readJson } from './setup/project.mjs'

await runScript(async () => {
  const file = inProject('package-lock.json')
  const lockfile = readJson(file)
  const missing = missingEntries(lockfile)
  if (missing.length > 0) fs.writeFileSync(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`)
  say(missing.length > 0 ? `package-lock.json: added ${missing.length} entries` : 'package-lock.json is complete')
})
