/**
 * Whether a text is Markdown. It is said of a text only when several things in it mean nothing in any other kind of text:
 * a program's comments and lists of settings look a little like Markdown too, and prose has dashes and stars.
 */

/** Signs of structure that are enough. */
const ENOUGH = 2
/** Share of lines that may look like a program or a list of settings. */
const MOST_CODE = 0.2

const FENCE = /^ {0,3}(```|~~~)/
const HEADING = /^#{1,6} \S/
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,3}[.)]) \S/
const TASK = /^\s{0,12}[-*+] \[[ xX]\] \S/
const DIVIDING_ROW = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$/
const LINK = /!?\[[^\][\n]+\]\((?:https?:\/\/|mailto:|\.{0,2}\/|#)[^\s()]*\)/g
const STRONG = /(?:\*\*|__)[^\s*_](?:[^*_\n]*[^\s*_])?(?:\*\*|__)/g
const QUOTE = /^> \S/
const NOTE = /^\[\^[^\]\s]+\]: \S/
const CODE_LIKE =
  /[;{}]\s*$|^\s*(?:\/\/|\/\*|\*\/|#!|#include|import |from \w+ import|def |class \w+[:({]|return\b|const |let |var |if \(|\w+\(.*\)\s*$)|^\s*[\w.-]+\s*[:=]\s*\S*$|^\s*- [\w.-]+:(?:\s|$)/

export function isMarkdown(text: string): boolean {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  let signs = 0
  let codeLike = 0
  let words = 0
  let fence: string | null = null
  let items = 0
  for (const [index, line] of lines.entries()) {
    const opened = FENCE.exec(line)?.[1] ?? null
    if (fence !== null) {
      if (opened === fence) {
        fence = null
        signs += ENOUGH
      }
      continue
    }
    if (opened !== null) {
      fence = opened
      continue
    }
    if (line.trim() === '') {
      continue
    }
    words += 1
    if (CODE_LIKE.test(line)) codeLike += 1
    items = ITEM.test(line) ? items + 1 : 0
    if (items === 2) signs += 1
    if (HEADING.test(line) && standsAlone(lines, index)) signs += 1
    if (TASK.test(line) || NOTE.test(line)) signs += 1
    if (DIVIDING_ROW.test(line) && (lines[index - 1] ?? '').includes('|')) signs += ENOUGH
    signs += (line.match(LINK)?.length ?? 0) + (line.match(STRONG)?.length ?? 0) / 2
    if (QUOTE.test(line)) signs += 0.5
  }
  return signs >= ENOUGH && codeLike <= words * MOST_CODE
}

/** A heading has air around it; the comments of a program stand at what they are about. */
function standsAlone(lines: readonly string[], index: number): boolean {
  const before = lines[index - 1] ?? ''
  const after = lines[index + 1] ?? ''
  return (before.trim() === '' || HEADING.test(before)) && (after.trim() === '' || !CODE_LIKE.test(after))
}
