/** What axe-core finds in a window, or in a part of it. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * Rules that do not hold for a whole window: the title is a text field by contract, so no page has a level-one heading.
 */
export const OF_WINDOWS: readonly string[] = ['page-has-heading-one']
/** The same with a document in it: items of the flat page stand in no list of their own, see docs/decisions/0010. */
export const OF_PAGES: readonly string[] = [...OF_WINDOWS, 'aria-required-parent']

export interface AxeOptions {
  /** A selector; the whole window without it. */
  readonly part?: string
  /** Rules that are left out. */
  readonly without?: readonly string[]
}

type Finding = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number]

/** Everything found, one string each. */
export async function findings(page: Page, options: AxeOptions = {}): Promise<string[]> {
  return (await analyze(page, options)).map(words)
}

/** What is serious or critical of it. */
export async function graveFindings(page: Page, options: AxeOptions = {}): Promise<string[]> {
  const found = await analyze(page, options)
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(words)
}

async function analyze(page: Page, { part, without = [] }: AxeOptions): Promise<Finding[]> {
  // One window is one page to Electron: axe can't open a second one for its own work.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).disableRules([...without])
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  return violations
}

function words({ id, nodes }: Finding): string {
  return `${id}: ${nodes.map(({ html }) => html).join(' ')}`
}
