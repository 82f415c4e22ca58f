/** What Visual Studio Code says beside the text it copies: the language it is in. */
import type { NodeShape } from '../../shared/document/document-shape.ts'

/** The clipboard's type for it. */
export const CODE_EDITOR_DATA = 'vscode-editor-data'

/** Whether the text is the source of a Markdown file: then it is read as such, not as coloured code. */
export function isMarkdownSource(data: string): boolean {
  return languageOf(data) === 'markdown'
}

/** The pasted code with its language; null when it is no code or nobody said. */
export function codeFrom(data: string, shapes: readonly NodeShape[]): readonly NodeShape[] | null {
  const language = languageOf(data)
  const [only] = shapes
  if (language === null || shapes.length !== 1 || only?.attributes['kind'] !== 'code' || 'lang' in only.attributes)
    return null
  return [{ ...only, attributes: { ...only.attributes, lang: language } }]
}

function languageOf(said: string): string | null {
  if (said === '') return null
  try {
    const facts: unknown = JSON.parse(said)
    const mode = typeof facts === 'object' && facts !== null && 'mode' in facts ? facts.mode : null
    return typeof mode === 'string' && /^[\w+#-]{1,40}$/.test(mode) && mode !== 'plaintext' ? mode : null
  } catch {
    // Anybody may write anything there.
    return null
  }
}
