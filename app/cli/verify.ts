import { examineDocument } from '../../main/documents/examine-document.ts'
import { argument, type Call, type Command } from './command.ts'
import { count, entryCount } from './describe-changes.ts'
import { readContent } from './document-files.ts'

/** `sheaf verify`: whether a file is what it claims to be. */
export const verifyCommand: Command = {
  name: 'verify',
  usage: 'FILE.sheaf',
  summary: 'check every signature and that the text is what the entries say',
  help: `
Checks the file's form, every entry's signature and chain, that closed runs give back what they stand for, and that the
ready-made text is what the entries say. Exits with 1 and the reasons when anything is wrong; notes are no reason.`,
  options: {},
  least: 1,
  most: 1,
  async run(call: Call) {
    const file = argument(call, 0)
    const content = await readContent(file)
    const { findings, entries, writers } = examineDocument(call.ports.suite, content, call.ports.appVersion)
    const problems = findings.filter(({ severity }) => severity === 'problem')
    for (const { sentence } of problems) call.terminal.remark(`sheaf: ${file}: ${sentence}`)
    if (problems.length === 0) {
      const notes = findings.map(({ sentence }) => `note: ${sentence}\n`).join('')
      await call.terminal.print(`ok: ${entryCount(entries)} of ${count(writers, 'writer')}\n${notes}`)
    }
    return problems.length === 0 ? 0 : 1
  },
}
