import path from 'node:path'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { importFile } from '../../main/exchange/convert-document.ts'
import { wordCount } from '../../shared/document/plain-text.ts'
import { writeShape } from '../../shared/document/write-shape.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { count } from './describe-changes.ts'
import { checkSheafName, createFile, naming } from './document-files.ts'
import { formatFor, guessedEncoding, readFileOrStream, STREAM } from './text-files.ts'

/** `sheaf import`: a document from Word, Markdown, HTML, plain text or JSON. */
export const importCommand: Command = {
  name: 'import',
  usage: 'IN.docx|.md|.html|.txt|.json OUT.sheaf [--title TITLE] [--format FORMAT] [--force]',
  summary: 'make a document from Word, Markdown, HTML, plain text or JSON',
  help: `
Makes a document from a file of another program. A first heading above all others is its title; without one it is titled by the
file's name. What a document can't hold is said on standard error.

  --title TITLE     the title, whatever the file says
  --format FORMAT   docx, md, html, txt or json, when the name does not tell; IN may then be - for standard input
  --force           replace OUT.sheaf if it is there`,
  options: { title: { type: 'string' }, format: { type: 'string' }, force: { type: 'boolean' } },
  least: 2,
  most: 2,
  async run(call: Call) {
    const [source, out] = [argument(call, 0), argument(call, 1)]
    checkSheafName(out)
    const format = formatFor(call, source)
    const document = DetachedDocument.found(call.ports)
    const keepPicture = (bytes: Uint8Array) => document.keepImage(bytes)
    const { shape, losses, guessed } = await naming(source === STREAM ? 'standard input' : source, async () =>
      importFile(await readFileOrStream(source, call), format, keepPicture),
    )
    if (guessed) call.terminal.remark(guessedEncoding(source))
    const named = source === STREAM || format === 'json' ? '' : path.parse(source).name
    const title = optionValue(call, 'title') ?? (shape.title.trim() === '' ? named : shape.title)
    document.edit((doc) => writeShape(doc, { ...shape, title }))
    await createFile(out, document, call.options['force'] === true, call.lock)
    if (losses.length > 0) call.terminal.remark(`sheaf: a document can’t hold: ${losses.join(', ')}`)
    call.terminal.remark(`${out}: ${count(wordCount(shape), 'word')}`)
    return 0
  },
}
