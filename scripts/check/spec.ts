/** Holds docs/SPEC.md against the tests: every rule has a test whose title begins with its id, and the other way round. */
import fs from 'node:fs'
import { runScript } from '../setup/failure.mjs'
import { inProject } from '../setup/project.mjs'
import { projectFiles } from './project-copy.ts'
import { disagreements } from './spec-coverage.ts'

const SPEC = inProject('docs/SPEC.md')
/** Test files, and suites several test files share. */
const TEST_FILE = /\.(test|e2e|contract)\.tsx?$/

await runScript(async () => {
  // Without a specification there is nothing to hold tests against.
  if (!fs.existsSync(SPEC)) return 0
  const files = (await projectFiles()).filter((file) => TEST_FILE.test(file))
  const tests = new Map(files.map((file) => [file, fs.readFileSync(inProject(file), 'utf8')]))
  const found = disagreements(fs.readFileSync(SPEC, 'utf8'), tests)
  for (const sentence of found) console.log(sentence)
  return found.length === 0 ? 0 : 1
})
