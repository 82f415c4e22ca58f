/**
 * Proves that the house rules are enforced, not only written down: plants one breach of each in a copy of the project
 * and fails unless the tools report every one. A clean copy must be reported nothing of, or the proof is worthless.
 */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { runScript } from '../setup/failure.mjs'
import { run } from '../setup/program.mjs'
import { copyProject } from './project-copy.ts'
import { type Finding, type Tool, TOOLS } from './tools.ts'
import { VIOLATIONS, type Violation } from './violations.ts'

await runScript(async () => {
  const copy = await copyProject()
  try {
    const unclean = await checkClean(copy)
    const missed = await checkViolations(copy)
    for (const sentence of [...unclean, ...missed]) console.log(sentence)
    console.log(`${VIOLATIONS.length - missed.length} of ${VIOLATIONS.length} planted breaches were reported.`)
    return unclean.length + missed.length === 0 ? 0 : 1
  } finally {
    fs.rmSync(copy, { recursive: true })
  }
})

/** One sentence for each finding in the copy as it is. */
async function checkClean(copy: string): Promise<string[]> {
  const sentences: string[] = []
  for (const tool of TOOLS) {
    const found = await findings(tool, copy)
    sentences.push(
      ...found.map(({ file, rule }) => `The clean copy is not clean: ${tool.name} reports ${rule} in ${file}.`),
    )
  }
  return sentences
}

/** One sentence for each breach its tool does not report. */
async function checkViolations(copy: string): Promise<string[]> {
  const sentences: string[] = []
  for (const tool of TOOLS) {
    // One tool's breaches at a time: an import meant for the linter would bring Node's types in for the compiler.
    const violations = VIOLATIONS.filter((violation) => violation.tool === tool.name)
    for (const { files } of violations) plant(copy, files)
    const found = await findings(tool, copy)
    for (const { files } of violations) for (const file of Object.keys(files)) fs.rmSync(path.join(copy, file))
    const missed = violations.filter((violation) => !isReported(violation, found))
    sentences.push(...missed.map(({ what, rule }) => `Nobody noticed ${what}: ${tool.name} should report ${rule}.`))
  }
  return sentences
}

function plant(copy: string, files: Violation['files']): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    fs.writeFileSync(path.join(copy, file), text)
  }
}

/** What a tool says about a copy of the project. */
async function findings(tool: Tool, copy: string): Promise<Finding[]> {
  const { code, stdout, stderr } = await run(process.execPath, tool.machineArgs, { cwd: copy, quiet: true })
  const found = tool.read(stdout)
  if (code !== 0 && found.length === 0) throw new Error(`${tool.name} failed without a finding:\n${stdout}${stderr}`)
  return found
}

function isReported({ rule, at }: Violation, found: readonly Finding[]): boolean {
  return found.some((finding) => finding.file === at && finding.rule === rule)
}
