/** The document a new library begins with: short, true, in the person's language, and there to be edited and deleted. */
import type { DocumentShape } from '../shared/document/document-shape.ts'
import { markdownToShape } from '../shared/document/markdown/markdown-to-shape.ts'
import type { Language } from '../shared/languages.ts'

const MARKDOWN: Readonly<Record<Language, string>> = {
  en: `# Welcome to Sheaf

This is a page of your own, and a file on your own disk. Change it, rename it, delete it: nothing here can break.

## Try it on this page

- [ ] Tick this box, or press \`Ctrl Enter\` in this line (on a Mac \`⌘ Enter\`).
- [ ] Select *these words* and make them bold.
- [ ] Begin a new line with \`#\` and a space: it becomes a heading.
- [ ] Type \`/\` on an empty line to see what else a page can hold.
- [ ] Press \`Ctrl K\` (\`⌘ K\`) and find any action by its name.

## Good to know

Sheaf saves as you type. The words at the foot of the window say where your writing is, and never claim more than is true.

> Your documents are the files in your library’s folder. Copy them, move them, put them in a backup: two copies of one document can always be merged.

When you are done with this page, delete it. It waits in Trash in case you change your mind.
`,
  de: `# Willkommen bei Sheaf

Das ist eine Seite, die Ihnen gehört, und eine Datei auf Ihrer eigenen Festplatte. Ändern Sie sie, benennen Sie sie um, löschen Sie sie: Hier kann nichts kaputtgehen.

## Gleich hier ausprobieren

- [ ] Haken Sie dieses Kästchen ab, oder drücken Sie in dieser Zeile \`Strg Eingabe\` (auf dem Mac \`⌘ Eingabe\`).
- [ ] Wählen Sie *diese Wörter* aus und machen Sie sie fett.
- [ ] Beginnen Sie eine neue Zeile mit \`#\` und einem Leerzeichen: Sie wird zur Überschrift.
- [ ] Tippen Sie \`/\` in eine leere Zeile, um zu sehen, was eine Seite noch enthalten kann.
- [ ] Drücken Sie \`Strg K\` (\`⌘ K\`) und finden Sie jeden Befehl bei seinem Namen.

## Gut zu wissen

Sheaf speichert, während Sie schreiben. Die Worte am Fuß des Fensters sagen, wo Ihr Text ist, und behaupten nie mehr, als wahr ist.

> Ihre Dokumente sind die Dateien im Ordner Ihrer Bibliothek. Kopieren Sie sie, verschieben Sie sie, sichern Sie sie: Zwei Kopien eines Dokuments lassen sich immer vereinen.

Wenn Sie mit dieser Seite fertig sind, löschen Sie sie. Sie wartet im Papierkorb, falls Sie es sich anders überlegen.
`,
}

export function welcomeDocument(language: Language): DocumentShape {
  return markdownToShape(MARKDOWN[language]).shape
}
