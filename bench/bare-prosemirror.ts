/** ProseMirror alone in a window of the same Electron: the same schema and document, no Yjs, nothing around it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import type { DocumentShape, NodeShape, TextShape } from '../shared/document/document-shape.ts'
import { isText } from '../shared/document/document-shape.ts'
import { Desktop } from './desktop.ts'

const MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadFile('page.html'))
app.on('window-all-closed', () => app.quit())
`

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Bare ProseMirror</title>
<style>
  body { margin: 0 }
  main { block-size: 100vh; overflow: auto }
  .ProseMirror { inline-size: 604px; margin: 0 auto; font: 18px/28px serif; white-space: pre-wrap; overflow-wrap: break-word; outline: none }
</style>
<script src="document.js"></script>
<script defer src="page.js"></script>
`

export class BareProseMirror {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-bare-'))

  private constructor() {}

  static async with(shape: DocumentShape): Promise<BareProseMirror> {
    const bare = new BareProseMirror()
    const write = (name: string, text: string): void => fs.writeFileSync(path.join(bare.folder, name), text)
    write('package.json', JSON.stringify({ name: 'bare', main: 'main.cjs' }))
    write('main.cjs', MAIN)
    write('page.html', PAGE)
    write(
      'document.js',
      `globalThis.bareDocument = ${JSON.stringify({ type: 'doc', content: shape.content.map(nodeJson) })}`,
    )
    await build({
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir: bare.folder,
        emptyOutDir: false,
        lib: {
          entry: path.join(import.meta.dirname, 'bare-prosemirror-page.ts'),
          name: 'bare',
          formats: ['iife'],
          fileName: () => 'page.js',
        },
      },
    })
    return bare
  }

  start(env: Readonly<Record<string, string>>, switches: readonly string[]): Promise<Desktop> {
    return Desktop.start(this.folder, [`--user-data-dir=${this.folder}/profile`], env, switches)
  }

  clear(): void {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A node as ProseMirror's `fromJSON` reads it. */
function nodeJson(part: NodeShape | TextShape): unknown {
  if (isText(part)) return { type: 'text', text: part.text, marks: Object.keys(part.marks).map((type) => ({ type })) }
  return { type: part.node, attrs: part.attributes, content: part.content.map(nodeJson) }
}
