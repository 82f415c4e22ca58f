import type { Tool } from './tools.ts'

/** One breach of the house rules, and which tool must complain about it under which rule. */
export interface Violation {
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  readonly tool: Tool['name']
  readonly rule: string
  /** The file it must complain about. */
  readonly at: string
}

const SOURCES = ['shared', 'main', 'relay', 'renderer', 'app'] as const
const OTHERS = ['e2e', 'bench', 'proof', 'scripts'] as const
const FOLDERS = [...SOURCES, ...OTHERS] as const
type Folder = (typeof FOLDERS)[number]

/** Who may import whom. Everything else is a breach. */
const ALLOWED: Readonly<Record<Folder, readonly Folder[]>> = {
  shared: [],
  main: ['shared'],
  relay: ['shared'],
  renderer: ['shared'],
  app: ['shared', 'main', 'relay'],
  e2e: ['proof'],
  bench: ['shared', 'main', 'relay'],
  proof: ['shared', 'main', 'relay'],
  scripts: [],
}

/** Packages a folder may not import, by what they would bring in. */
const FORBIDDEN_PACKAGES: readonly (readonly [Folder, string])[] = [
  ...FOLDERS.filter((folder) => folder !== 'app' && folder !== 'scripts').map(
    (folder) => [folder, 'electron'] as const,
  ),
  ['shared', 'node:fs'],
  ['shared', 'better-sqlite3'],
  ['shared', 'prosemirror-view'],
  ['main', 'react'],
  ['main', 'prosemirror-view'],
  ['relay', 'yjs'],
  ['relay', 'sodium-native'],
  ['renderer', 'node:fs'],
  ['renderer', 'better-sqlite3'],
  ['app', 'better-sqlite3'],
  ['app', 'react'],
]

/** One file with a breach in it. `about` becomes part of the file's name. */
function planted(
  folder: string,
  about: string,
  what: string,
  tool: Tool['name'],
  rule: string,
  text: string,
): Violation {
  const at = `${folder}/planted/${about}.ts`
  return { what: `${what} in ${folder}/`, files: { [at]: text }, tool, rule, at }
}

const folderImports = FOLDERS.flatMap((from) =>
  FOLDERS.filter((to) => to !== from && !ALLOWED[from].includes(to)).map((to) =>
    planted(
      from,
      `imports-${to}`,
      `an import of ${to}/`,
      'lint',
      'eslint(no-restricted-imports)',
      `import '../../${to}/planted/anything.ts'\n`,
    ),
  ),
)

const packageImports = FORBIDDEN_PACKAGES.map(([folder, name]) =>
  planted(
    folder,
    `imports-${name.replace(':', '-')}`,
    `an import of ${name}`,
    'lint',
    'eslint(no-restricted-imports)',
    `import '${name}'\n`,
  ),
)

const globals = [
  planted('shared', 'uses-dom', 'the DOM', 'types', 'TS2584', 'export const heading = document.title\n'),
  planted('shared', 'uses-node', 'a Node global', 'types', 'TS2591', 'export const folder = process.cwd()\n'),
  planted('main', 'uses-dom', 'the DOM', 'types', 'TS2584', 'export const heading = document.title\n'),
  planted('renderer', 'uses-node', 'a Node global', 'types', 'TS2591', 'export const folder = process.cwd()\n'),
]

const code = [
  planted('main', 'default-export', 'a default export', 'lint', 'import(no-default-export)', 'export default 1\n'),
  planted('main', 'barrel', 'a barrel', 'lint', 'oxc(no-barrel-file)', "export * from '../ports.ts'\n"),
  planted(
    'main',
    'floating',
    'a floating promise',
    'lint',
    'typescript(no-floating-promises)',
    'async function save(): Promise<void> {}\nexport function leave(): void {\n  save()\n}\n',
  ),
  planted(
    'main',
    'misused',
    'a promise where none is awaited',
    'lint',
    'typescript(no-misused-promises)',
    'async function save(): Promise<void> {}\nexport const leave = (all: number[]) => all.forEach(save)\n',
  ),
  planted(
    'main',
    'inexhaustive',
    'a switch that forgets a case',
    'lint',
    'typescript(switch-exhaustiveness-check)',
    "export function name(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break\n  }\n}\n",
  ),
  planted('main', 'any', 'an any', 'lint', 'typescript(no-explicit-any)', 'export const anything: any = 1\n'),
  planted(
    'main',
    'non-null',
    'a ! where a check belongs',
    'lint',
    'typescript(no-non-null-assertion)',
    'export const first = (all: number[]) => all[0]!\n',
  ),
  planted(
    'main',
    'long',
    'a file of 301 lines of code',
    'lint',
    'eslint(max-lines)',
    Array.from({ length: 301 }, (_, n) => `export const line${n} = ${n}\n`).join(''),
  ),
  planted('main', 'enum', 'an enum', 'types', 'TS1294', 'export enum Kind {\n  A,\n}\n'),
  planted('main', 'unformatted', 'a badly formatted file', 'format', 'format', 'export   const wide = "quotes";\n'),
  planted('main', 'unused-file', 'a file nobody imports', 'unused', 'files', 'export const alone = 1\n'),
]

const cycle: Violation = {
  what: 'an import cycle in main/',
  files: {
    'main/planted/hen.ts': "import { egg } from './egg.ts'\nexport const hen = () => egg\n",
    'main/planted/egg.ts': "import { hen } from './hen.ts'\nexport const egg = () => hen\n",
  },
  tool: 'lint',
  rule: 'import(no-cycle)',
  at: 'main/planted/hen.ts',
}

const unusedExport: Violation = {
  what: 'an export nobody uses in app/',
  files: {
    'app/cli.planted.test.ts': "import { used } from './planted/partly-used.ts'\nused()\n",
    'app/planted/partly-used.ts': 'export function used(): void {}\nexport function unused(): void {}\n',
  },
  tool: 'unused',
  rule: 'exports',
  at: 'app/planted/partly-used.ts',
}

export const VIOLATIONS: readonly Violation[] = [
  ...folderImports,
  ...packageImports,
  ...globals,
  ...code,
  cycle,
  unusedExport,
]
