import { expect, test } from 'vitest'
import type { OpenDocument } from '../documents/open-document.ts'
import { keepAddresses, knownAddresses } from './known-addresses.ts'

/** All that is asked of a document here. */
function documentOfFacts(): OpenDocument {
  const facts = new Map<string, string>()
  const setFact = (name: string, value: string | null) => (value === null ? facts.delete(name) : facts.set(name, value))
  return { facts: { fact: (name: string) => facts.get(name) ?? null, setFact } } as unknown as OpenDocument
}

test('LAN-30: the newest addresses are kept with a document, once each; what can’t be dialled twice is not', () => {
  const document = documentOfFacts()
  expect(knownAddresses(document)).toEqual([])
  keepAddresses(document, ['192.168.1.20:5050', ' Laptop.local:4000 ', 'nowhere', 'sheaf-pair:192.168.1.20:5050#AAAA'])
  expect(knownAddresses(document)).toEqual(['192.168.1.20:5050', 'laptop.local:4000'])
  keepAddresses(document, ['laptop.local:4000'])
  keepAddresses(document, ['[fe80::1%eth0]:4000'])
  expect(knownAddresses(document)).toEqual(['[fe80::1%eth0]:4000', 'laptop.local:4000', '192.168.1.20:5050'])
  keepAddresses(
    document,
    Array.from({ length: 12 }, (_, index) => `10.0.0.${index + 1}:5000`),
  )
  expect(knownAddresses(document)).toHaveLength(8)
})
