/** The document a new library begins with: short, true, and there to be edited and deleted. */
import type { DocumentShape } from '../shared/document/document-shape.ts'
import { markdownToShape } from '../shared/document/markdown/markdown-to-shape.ts'

const MARKDOWN = `# Welcome to Sheaf

This is a document. It is a file on your own disk, and it is yours: change it, rename it, delete it.

Sheaf saves as you type. The words at the foot of the window say where your writing is, and they never claim more than is true.

## Three things worth knowing

1. Select some words to format them. Type \`#\` and a space for a heading, \`-\` for a list, \`[ ]\` for something to do.
2. Press \`Ctrl K\` (on a Mac \`⌘ K\`) to find any action by its name.
3. Your documents are the files in your library’s folder. Copy them, move them, put them in a backup: two copies of one document can always be merged.

When you are done with this page, delete it. It will wait in Trash in case you change your mind.
`

export function welcomeDocument(): DocumentShape {
  return markdownToShape(MARKDOWN).shape
}
