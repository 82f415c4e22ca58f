/** The languages of code blocks that Sheaf offers and colours. A block may name another: it is kept and shown without colours. */

export interface CodeLanguage {
  /** What is stored, and what highlight.js calls it. */
  readonly id: string
  readonly name: string
  /** Other names files give it. */
  readonly also?: readonly string[]
}

export const CODE_LANGUAGES: readonly CodeLanguage[] = [
  { id: 'bash', name: 'Bash', also: ['sh', 'zsh', 'shell'] },
  { id: 'c', name: 'C', also: ['h'] },
  { id: 'cpp', name: 'C++', also: ['c++', 'cc', 'hpp'] },
  { id: 'csharp', name: 'C#', also: ['cs', 'c#'] },
  { id: 'css', name: 'CSS' },
  { id: 'diff', name: 'Diff', also: ['patch'] },
  { id: 'go', name: 'Go', also: ['golang'] },
  { id: 'graphql', name: 'GraphQL', also: ['gql'] },
  { id: 'haskell', name: 'Haskell', also: ['hs'] },
  { id: 'xml', name: 'HTML, XML', also: ['html', 'svg', 'xhtml'] },
  { id: 'ini', name: 'INI, TOML', also: ['toml'] },
  { id: 'java', name: 'Java' },
  { id: 'javascript', name: 'JavaScript', also: ['js', 'jsx', 'mjs'] },
  { id: 'json', name: 'JSON', also: ['jsonc'] },
  { id: 'kotlin', name: 'Kotlin', also: ['kt'] },
  { id: 'latex', name: 'LaTeX', also: ['tex'] },
  { id: 'lua', name: 'Lua' },
  { id: 'makefile', name: 'Makefile', also: ['make'] },
  { id: 'markdown', name: 'Markdown', also: ['md'] },
  { id: 'perl', name: 'Perl', also: ['pl'] },
  { id: 'php', name: 'PHP' },
  { id: 'python', name: 'Python', also: ['py'] },
  { id: 'r', name: 'R' },
  { id: 'ruby', name: 'Ruby', also: ['rb'] },
  { id: 'rust', name: 'Rust', also: ['rs'] },
  { id: 'scss', name: 'SCSS' },
  { id: 'sql', name: 'SQL' },
  { id: 'swift', name: 'Swift' },
  { id: 'typescript', name: 'TypeScript', also: ['ts', 'tsx'] },
  { id: 'yaml', name: 'YAML', also: ['yml'] },
]

/** The language a block's `lang` means, or null. Words after the first are notes, as after Markdown's fences. */
export function codeLanguage(lang: unknown): CodeLanguage | null {
  if (typeof lang !== 'string') return null
  const name = lang.trim().split(/\s/, 1)[0]?.toLowerCase() ?? ''
  return CODE_LANGUAGES.find(({ id, also }) => id === name || also?.includes(name)) ?? null
}
