/**
 * What a screen reader is told of the window, as indented lines: Chromium's own accessibility tree, with what is only
 * there for layout left out.
 */
import type { Page } from '@playwright/test'

interface SpokenNode {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value?: string }
  readonly name?: { readonly value?: string }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[]
  readonly childIds?: readonly string[]
}

/** Roles that say nothing by themselves; what is inside them still speaks. */
const SILENT = new Set([
  'none',
  'generic',
  'GenericContainer',
  'InlineTextBox',
  'LineBreak',
  'RootWebArea',
  'ListMarker',
])
/** States that belong to the picture; where the focus is and what could take it would make every picture a new one. */
const STATES = new Set([
  'level',
  'checked',
  'pressed',
  'expanded',
  'selected',
  'disabled',
  'modal',
  'multiline',
  'hasPopup',
])

/** Times and versions differ from run to run. */
function steady(name: string): string {
  return name
    .replace(/\d{1,2}:\d{2}(\s|\u202f)?(AM|PM)?/g, '‹time›')
    .replace(/\d+\.\d+\.\d+/g, '‹version›')
    .slice(0, 100)
}

/** The tree below the first thing that has the role, and the name where one is given. */
export async function spokenTree(page: Page, role: string, name: string | null = null): Promise<string> {
  const session = await page.context().newCDPSession(page)
  try {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: SpokenNode[] }
    const byId = new Map(nodes.map((node) => [node.nodeId, node]))
    const lines: string[] = []
    const walk = (node: SpokenNode, depth: number): void => {
      const kind = node.role?.value ?? ''
      const spoken = !node.ignored && !SILENT.has(kind)
      if (spoken && kind === 'StaticText') {
        lines.push(`${'  '.repeat(depth)}“${steady(node.name?.value ?? '')}”`)
        return
      }
      if (spoken) lines.push('  '.repeat(depth) + line(node, kind))
      for (const id of node.childIds ?? []) {
        const child = byId.get(id)
        if (child !== undefined) walk(child, spoken ? depth + 1 : depth)
      }
    }
    const top = nodes.find(
      (node) => !node.ignored && node.role?.value === role && (name === null || node.name?.value === name),
    )
    if (top === undefined) throw new Error(`Nothing on the page has the role ${role} and is called ${name}`)
    walk(top, 0)
    return `${lines.join('\n')}\n`
  } finally {
    await session.detach()
  }
}

function line(node: SpokenNode, role: string): string {
  const name = role === 'time' ? '' : (node.name?.value ?? '')
  const states = (node.properties ?? [])
    .filter(({ name: state, value }) => STATES.has(state) && value.value !== false && value.value !== 'false')
    .map(({ name: state, value }) => (value.value === true ? state : `${state}=${String(value.value)}`))
  return [role, name === '' ? '' : `"${steady(name)}"`, ...states].filter(Boolean).join(' ')
}
