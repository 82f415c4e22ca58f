import { applyEdited } from '../../main/exchange/apply-edited.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { argument, type Call, type Command, optionValue, UsageError } from './command.ts'
import { changedBlocks, describeChanges } from './describe-changes.ts'
import { changeDocument } from './document-files.ts'
import { textFormatFor, readText } from './text-files.ts'

/** `sheaf apply`: an export that was edited elsewhere, back into its document. */
export const applyCommand: Command = {
  name: 'apply',
  usage: 'FILE.sheaf EDITED.md|.html|.json [--base EXPORT] [--format FORMAT] [--dry-run]',
  summary: 'take the edits of an edited export over into its document',
  help: `
Makes the document say what an edited export says, by the smallest ordinary edits: who wrote what stays known, and a
merge with other copies keeps their edits too. Prints what changed.

  --base EXPORT     the export as it was before it was edited; with it, what was written in the document since is kept
  --format FORMAT   md, html or json, when the name does not tell; EDITED may then be - for standard input
  --dry-run         print what would change, and change nothing`,
  options: { base: { type: 'string' }, format: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  least: 2,
  most: 2,
  async run(call: Call) {
    const [file, edited] = [argument(call, 0), argument(call, 1)]
    const format = textFormatFor(call, edited)
    if (format === 'txt')
      throw new UsageError('plain text says too little about a document to be applied; use Markdown')
    const baseFile = optionValue(call, 'base')
    const text = await readText(edited, call)
    const base = baseFile === null ? null : await readText(baseFile, call)
    let printed = ''
    await changeDocument(file, call, async (document) => {
      const before = document.shape()
      const { shape, losses } = applyEdited(before, text, format, base)
      const changed = document.edit((doc) => writeShape(doc, shape))
      if (losses.length > 0) call.terminal.remark(`sheaf: not taken over: ${losses.join(', ')}`)
      const lines = [describeChanges(before, document.shape()), ...changedBlocks(before, document.shape())]
      printed = `${lines.join('\n')}\n`
      return changed && call.options['dry-run'] !== true
    })
    // Only what is on the disk is told as done.
    await call.terminal.print(printed)
    return 0
  },
}
