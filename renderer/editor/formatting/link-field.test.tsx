import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { LinkField } from './link-field.tsx'
import type { SelectionFacts } from './selection-watch.ts'

afterEach(cleanup)

const FACTS: SelectionFacts = {
  from: 1,
  to: 2,
  kind: 'paragraph',
  inBlocks: true,
  marks: new Set(),
  highlight: null,
  href: null,
}

/** What the field makes of what is typed into it. */
async function given(typed: string): Promise<string | null> {
  const links: string[] = []
  const actions = { setLink: (href: string) => links.push(href), removeLink: () => {}, focusPage: () => {} }
  render(<LinkField facts={FACTS} actions={actions} onDone={() => {}} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Link address' }), `${typed}{Enter}`)
  const bad = screen.getByRole('textbox').getAttribute('aria-invalid') === 'true'
  cleanup()
  expect(bad).toBe(links.length === 0)
  return links[0] ?? null
}

test.each([
  ['example.org/x', 'https://example.org/x'],
  ['www.example.org', 'https://www.example.org/'],
  ['alice@example.org', 'mailto:alice@example.org'],
  [' https://example.org ', 'https://example.org/'],
  ['localhost:8080', 'https://localhost:8080/'],
  ['javascript:alert(1)', null],
  ['two words', null],
])('LINK-7: “%s” in the address field leads to %s', async (typed, href) => {
  expect(await given(typed)).toBe(href)
})
