import { expect, it } from 'vitest'
import { LinkInbox } from './link-inbox.ts'

it('SYNC-33: keeps what comes before anybody listens, within bounds, and says the end once', () => {
  const inbox = new LinkInbox()
  const heard: string[] = []
  expect(inbox.receive(Uint8Array.of(1))).toBe(true)
  inbox.listen({ receive: (frame) => heard.push(`frame ${frame[0]}`), closed: () => heard.push('closed') })
  inbox.receive(Uint8Array.of(2))
  expect([inbox.end(), inbox.end()]).toEqual([true, false])
  inbox.receive(Uint8Array.of(3))
  expect(heard).toEqual(['frame 1', 'frame 2', 'closed'])
})

it('SYNC-33: is to be closed when too much waits for somebody to listen', () => {
  const inbox = new LinkInbox()
  const frame = new Uint8Array(1024 * 1024)
  for (let i = 0; i < 8; i++) expect(inbox.receive(frame)).toBe(true)
  expect(inbox.receive(frame)).toBe(false)
})
