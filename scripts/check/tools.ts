import { commandScript } from '../setup/project.mjs'

/** One complaint of a tool: about which file, under which rule of its own. */
export interface Finding {
  readonly file: string
  readonly rule: string
}

/** A tool that reads the sources and complains. It ends with code 0 when it has nothing to say. */
export interface Tool {
  readonly name: 'types' | 'lint' | 'format' | 'unused'
  /** Arguments for Node, for people to read. */
  readonly args: readonly string[]
  /** Arguments for Node, for `read`. */
  readonly machineArgs: readonly string[]
  /** Takes the findings out of what it printed with `machineArgs`. */
  read(output: string): Finding[]
}

const tsc = [commandScript('typescript', 'tsc'), '-b']
const oxlint = [commandScript('oxlint')]
const biome = [commandScript('@biomejs/biome'), 'format']
const knip = [commandScript('knip')]

export const TOOLS: readonly Tool[] = [
  {
    name: 'types',
    args: [...tsc, '--pretty'],
    machineArgs: [...tsc, '--pretty', 'false'],
    read: (output) =>
      [...output.matchAll(/^([^\s(][^(\n]*)\(\d+,\d+\): error (TS\d+)/gm)].map((match) => finding(match[1], match[2])),
  },
  {
    name: 'lint',
    args: oxlint,
    machineArgs: [...oxlint, '--format', 'json'],
    read: (output) => {
      const report = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] }
      return report.diagnostics.map(({ filename, code }) => finding(filename, code))
    },
  },
  {
    name: 'format',
    args: biome,
    machineArgs: [...biome, '--reporter=json', '--max-diagnostics=none'],
    read: (output) => {
      const report = JSON.parse(output) as { diagnostics: { category: string; location: { path: string } }[] }
      return report.diagnostics.map(({ category, location }) => finding(location.path, category))
    },
  },
  {
    name: 'unused',
    args: [...knip, '--no-config-hints'],
    machineArgs: [...knip, '--reporter', 'json'],
    read: (output) => {
      const report = JSON.parse(output) as { issues: Record<string, unknown>[] }
      return report.issues.flatMap(({ file, ...kinds }) =>
        Object.entries(kinds).flatMap(([kind, items]) =>
          Array.isArray(items) && items.length > 0 ? [finding(String(file), kind)] : [],
        ),
      )
    },
  },
]

function finding(file: string | undefined, rule: string | undefined): Finding {
  return { file: (file ?? '').replaceAll('\\', '/'), rule: rule ?? '' }
}
