import { exportFile } from '../../main/exchange/convert-document.ts'
import { argument, type Call, type Command } from './command.ts'
import { readDocument } from './document-files.ts'
import { formatFor, writeOut } from './text-files.ts'

/** `sheaf export`: a document as Word, Markdown, HTML, plain text or JSON. */
export const exportCommand: Command = {
  name: 'export',
  usage: 'IN.sheaf OUT.docx|.md|.html|.txt|.json [--format FORMAT] [--force]',
  summary: 'write a document as Word, Markdown, HTML, plain text or JSON',
  help: `
Writes a document as a file of other programs. JSON holds all of it; what another format can't hold is said on standard error.

  --format FORMAT   docx, md, html, txt or json, when the name does not tell; OUT may then be - for standard output,
                    for all but docx
  --force           replace OUT if it is there`,
  options: { format: { type: 'string' }, force: { type: 'boolean' } },
  least: 2,
  most: 2,
  async run(call: Call) {
    const [source, out] = [argument(call, 0), argument(call, 1)]
    const format = formatFor(call, out)
    const document = await readDocument(source, call.ports)
    const { content, losses } = await exportFile(document.shape(), format, (name) => document.image(name))
    await writeOut(out, content, call)
    if (losses.length > 0) call.terminal.remark(`sheaf: ${format} can’t hold: ${losses.join(', ')}`)
    return 0
  },
}
