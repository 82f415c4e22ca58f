/** What the `/` menu offers for a few typed letters. */
import type { ActionSection, PageAction, PageActionId } from '../editor/actions/page-action.ts'
import { inEveryLanguage } from '../strings/t.ts'
import { nameMatch } from '../text/name-match.ts'
import type { Range } from '../text/ranges.ts'

export interface SlashItem {
  readonly action: PageAction
  /** The letters of its title that were typed. */
  readonly ranges: readonly Range[]
}

/** Items of one section, in the order they are shown. */
export interface SlashGroup {
  readonly section: ActionSection
  readonly items: readonly SlashItem[]
}

/** The actions that fit, grouped by section, the best fit first; without a query, in their own order. */
export function slashGroups(actions: readonly PageAction[], query: string): readonly SlashGroup[] {
  const found = actions.flatMap((action) => {
    const match = nameMatch(action.title(), searchWords(action), query)
    return match === null ? [] : [{ action, ranges: match.ranges, score: match.score }]
  })
  if (query !== '') found.sort((a, b) => b.score - a.score)
  const sections = new Map<ActionSection, SlashItem[]>()
  for (const item of found) {
    const group = sections.get(item.action.section)
    if (group === undefined) sections.set(item.action.section, [item])
    else group.push(item)
  }
  return [...sections].map(([section, items]) => ({ section, items }))
}

const known = new Map<PageActionId, readonly string[]>()

/** The words an action is looked for by, beside its title: its title and keywords in every language. */
export function searchWords(action: PageAction): readonly string[] {
  let words = known.get(action.id)
  if (words === undefined) {
    words = [...inEveryLanguage(() => action.title()), ...inEveryLanguage(() => action.keywords?.() ?? '')]
    known.set(action.id, words)
  }
  return words
}
