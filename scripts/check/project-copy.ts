import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { run } from '../setup/program.mjs'
import { inProject, root } from '../setup/project.mjs'

/** The project's files as git sees them, committed or not, without ignored ones; paths from the checkout's folder. */
export async function projectFiles(): Promise<string[]> {
  const { code, stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    quiet: true,
  })
  if (code !== 0) throw new Error('git could not list the files of this checkout')
  return stdout.split('\0').filter((file) => file !== '' && fs.existsSync(inProject(file)))
}

/** A copy of the project in a temporary folder, sharing node_modules with it. The caller removes it. */
export async function copyProject(): Promise<string> {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-copy-'))
  for (const file of await projectFiles()) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    fs.copyFileSync(inProject(file), path.join(copy, file))
  }
  fs.symlinkSync(inProject('node_modules'), path.join(copy, 'node_modules'), 'junction')
  // Knip and oxlint read .gitignore, and find the project's root by its repository.
  await run('git', ['init', '--quiet'], { cwd: copy, quiet: true })
  return copy
}
