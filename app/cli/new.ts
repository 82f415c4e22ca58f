import { DetachedDocument } from '../../main/documents/detached-document.ts'
import { FACTS } from '../../shared/document/document-shape.ts'
import { argument, type Call, type Command, optionValue } from './command.ts'
import { checkSheafName, createFile } from './document-files.ts'

/** `sheaf new`: an empty document. */
export const newCommand: Command = {
  name: 'new',
  usage: 'OUT.sheaf [--title TITLE] [--force]',
  summary: 'make an empty document',
  help: `
Makes an empty document that nobody owns: whoever has the file may write in it.

  --title TITLE   its title; untitled without
  --force         replace OUT.sheaf if it is there`,
  options: { title: { type: 'string' }, force: { type: 'boolean' } },
  least: 1,
  most: 1,
  async run(call: Call) {
    const out = argument(call, 0)
    checkSheafName(out)
    const document = DetachedDocument.found(call.ports)
    const title = (optionValue(call, 'title') ?? '').replace(/\s+/g, ' ').trim()
    if (title !== '') document.edit((doc) => doc.getMap(FACTS).set('title', title))
    await createFile(out, document, call.options['force'] === true, call.lock)
    return 0
  },
}
