/** A rule id: KEEP-1, SAFE-12. */
const RULE_LINE = /^\s*- \*\*([A-Z]{2,}-\d+)\*\* \S/gm
/** A string that opens a call's arguments and begins with a rule id, and the name of what is called, where there is one. */
const TITLE = /([\w.]*)\s*\(\s*(['"`])([A-Z]{2,}-\d+): /g
/** A test that doesn't run proves nothing. */
const NOT_RUN = /\b(skip|skipIf|todo|fixme|fails)\b/

/** @returns ids of the rules a specification states, in its order, repeated ones repeated */
export function statedRules(specification: string): string[] {
  return [...specification.matchAll(RULE_LINE)].map((match) => match[1] ?? '')
}

/** @returns ids of the rules that titles of running tests begin with, in one test file */
export function testedRules(source: string): string[] {
  return [...source.matchAll(TITLE)].filter((match) => !NOT_RUN.test(match[1] ?? '')).map((match) => match[3] ?? '')
}

/**
 * Holds the specification against the tests.
 * @returns one sentence for each rule without a test, test without a rule, and id given twice; empty when they agree
 */
export function disagreements(specification: string, testFiles: ReadonlyMap<string, string>): string[] {
  const stated = statedRules(specification)
  const rules = new Set(stated)
  const tested = new Map(
    [...testFiles].flatMap(([file, source]) => testedRules(source).map((id) => [id, file] as const)),
  )
  return [
    ...stated.filter((id, at) => stated.indexOf(id) !== at).map((id) => `${id} is stated twice in docs/SPEC.md.`),
    ...[...rules]
      .filter((id) => !tested.has(id))
      .map((id) => `${id} is a rule in docs/SPEC.md and no test's title begins with it.`),
    ...[...tested]
      .filter(([id]) => !rules.has(id))
      .map(([id, file]) => `${id} is tested in ${file} and docs/SPEC.md has no such rule.`),
  ]
}
