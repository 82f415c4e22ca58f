import { expect, test } from 'vitest'
import { disagreements, statedRules, testedRules } from './spec-coverage.ts'

// Built from parts, so that this file's own text doesn't hold titles that look like tested rules.
const title = (call: string, id: string) => `${call}('${id}` + `: words survive', () => {})\n`
const spec = '# Rules\n\n- **KEEP-1** A word once saved stays.\n- **SAFE-2** No script runs.\n'

test('reads the rules of a specification', () => {
  expect(statedRules(spec)).toEqual(['KEEP-1', 'SAFE-2'])
})

test('reads the ids that test titles begin with, also of parameterised tests and groups', () => {
  const source =
    title('test', 'KEEP-1') +
    title('test.each([1, 2])', 'SAFE-2') +
    title('describe', 'LOG-3') +
    title('test(\n ', 'LIB-4').replace("('", "'")
  expect(testedRules(source)).toEqual(['KEEP-1', 'SAFE-2', 'LOG-3', 'LIB-4'])
})

test('ignores an id inside a title, and tests that are switched off', () => {
  expect(
    testedRules(`test('see KEEP-1: words', f)\n${title('test.skip', 'KEEP-1')}${title('it.todo', 'SAFE-2')}`),
  ).toEqual([])
})

test('agreement has nothing to say', () => {
  expect(disagreements(spec, new Map([['a.test.ts', title('test', 'KEEP-1') + title('it', 'SAFE-2')]]))).toEqual([])
})

test('HOUSE-3: a rule without a test, a test without a rule and a rule stated twice are each named', () => {
  const found = disagreements(
    `${spec}- **KEEP-1** Again.\n`,
    new Map([['a.test.ts', title('test', 'KEEP-1') + title('test', 'WRITE-9')]]),
  )
  expect(found).toEqual([
    'KEEP-1 is stated twice in docs/SPEC.md.',
    "SAFE-2 is a rule in docs/SPEC.md and no test's title begins with it.",
    'WRITE-9 is tested in a.test.ts and docs/SPEC.md has no such rule.',
  ])
})
