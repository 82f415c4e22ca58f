import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { examineDocument } from '../../main/documents/examine-document.ts'
import { exportDocument } from '../../main/exchange/convert-document.ts'
import { rescueText } from '../../main/exchange/rescue-text.ts'
import { errorCode } from '../../main/storage/error-code.ts'
import { salvageFile } from '../../main/storage/salvage-file.ts'
import { wordCount } from '../../shared/document/plain-text.ts'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { argument, type Call, type Command, type ExitCode, optionValue, UsageError } from './command.ts'
import { count } from './describe-changes.ts'
import { naming, readContent } from './document-files.ts'
import { textFormatFor, writeOut } from './text-files.ts'

/** `sheaf doctor`: what is wrong with files, what can be done, and the words of those that are damaged. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'FILE.sheaf|FOLDER [--rescue OUT.md]',
  summary: 'say what is wrong with a file or a folder of files, and rescue the words of a damaged one',
  help: `
Looks at a file, or at every document in a folder, and says what is wrong and what can be done. Changes nothing.

  --rescue OUT        write all words that can still be read to OUT (.md, .html, .txt or .json); the file itself is not touched
  --force             replace OUT if it is there`,
  options: { rescue: { type: 'string' }, format: { type: 'string' }, force: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const place = argument(call, 0)
    const out = optionValue(call, 'rescue')
    if (!(await isFolder(place))) {
      const code = (await examine(place, call)).code
      return out === null ? code : await rescue(place, out, call)
    }
    if (out !== null) throw new UsageError('--rescue is for one file, not for a folder')
    return await examineFolder(place, call)
  },
}

const ADVICE: Partial<Record<SheafError['kind'], string>> = {
  damaged: 'Take a backup of it or another copy; “sheaf doctor FILE --rescue OUT.md” saves the words that can be read.',
  hostile: 'Ask whoever gave you the file; “sheaf doctor FILE --rescue OUT.md” saves the words that can be read.',
  'too-new': 'Update Sheaf to open it; nothing is wrong with the file.',
  'no-permission': 'Ask whoever owns the file for the right to read it.',
}

interface Look {
  readonly code: ExitCode
  readonly documentId: DocumentId | null
}

async function examine(file: string, call: Call): Promise<Look> {
  try {
    const content = await readContent(file)
    const { findings } = examineDocument(call.ports.suite, content, call.ports.appVersion)
    const problems = findings.filter(({ severity }) => severity === 'problem')
    const lines = findings.map(({ severity, sentence }) => `  ${severity}: ${sentence}\n`)
    if (problems.length > 0) lines.push(`  what to do: ${ADVICE.damaged}\n`)
    const words = count(content.words, 'word')
    await call.terminal.print(`${file}: ${problems.length > 0 ? 'damaged' : 'sound'}, ${words}\n${lines.join('')}`)
    return { code: problems.length > 0 ? 1 : 0, documentId: content.documentId }
  } catch (cause) {
    if (!(cause instanceof SheafError) || cause.kind === 'not-found') throw cause
    const advice = ADVICE[cause.kind]
    await call.terminal.print(`${cause.message}\n${advice === undefined ? '' : `  what to do: ${advice}\n`}`)
    return { code: 1, documentId: null }
  }
}

async function examineFolder(folder: string, call: Call): Promise<ExitCode> {
  const files = await documentsIn(folder)
  const copies = new Map<DocumentId, string[]>()
  let code: ExitCode = 0
  for (const file of files) {
    const look = await examine(file, call)
    if (look.code !== 0) code = 1
    if (look.documentId !== null) copies.set(look.documentId, [...(copies.get(look.documentId) ?? []), file])
  }
  for (const [first, ...others] of copies.values()) {
    if (first === undefined || others.length === 0) continue
    await call.terminal.print(
      `${[first, ...others].join(', ')}: copies of one document\n  what to do: “sheaf merge ${[first, ...others].join(' ')}” brings together what they have.\n`,
    )
  }
  if (files.length === 0) call.terminal.remark(`sheaf: ${folder}: there are no documents here.`)
  return code
}

/** Every `.sheaf` file below the folder, names ascending; links are not followed. */
async function documentsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && /\.sheaf$/i.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await lstat(place)).isDirectory()
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause
    throw new SheafError('not-found', `${place}: There is nothing of that name.`, {}, { cause })
  }
}

async function rescue(file: string, out: string, call: Call): Promise<ExitCode> {
  const format = textFormatFor(call, out)
  const found = await naming(file, async () => rescueText(call.ports.suite, await salvageFile(file)))
  if (found === null) {
    throw new SheafError('damaged', `${file}: Not a word in it can be read.`)
  }
  await writeOut(out, exportDocument(found.shape, format).text, call)
  call.terminal.remark(`${out}: ${count(wordCount(found.shape), 'word')} from ${found.source}`)
  return 0
}
