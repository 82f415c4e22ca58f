import { shapeToText } from '../../shared/document/plain-text.ts'
import { argument, type Call, type Command } from './command.ts'
import { readDocument } from './document-files.ts'

/** `sheaf show`: the words of a document. */
export const showCommand: Command = {
  name: 'show',
  usage: 'FILE.sheaf',
  summary: 'print a document as plain text',
  help: 'Prints the title and the text of a document.',
  options: {},
  least: 1,
  most: 1,
  async run(call: Call) {
    const document = await readDocument(argument(call, 0), call.ports)
    await call.terminal.print(shapeToText(document.shape()))
    return 0
  },
}
