import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { WHY_NOT } from '../../../shared/sharing/why-not.ts'
import { WayStatus } from './way-status.tsx'

describe('how a way is doing', () => {
  it('YJS-8: speaks of a Yjs server where it is one, and of relays and peers elsewhere', () => {
    for (const problem of WHY_NOT) {
      const { unmount } = render(<WayStatus way={{ way: 'yjs', state: 'problem', problem, peers: 0 }} />)
      const words = screen.getByRole('status').textContent ?? ''
      expect(words).not.toBe('')
      if (['relay-unreachable', 'not-a-relay', 'certificate'].includes(problem)) {
        expect(words).toContain('Yjs server')
        expect(words).not.toContain('relay')
      }
      unmount()
    }
    render(<WayStatus way={{ way: 'relay', state: 'problem', problem: 'relay-unreachable', peers: 0 }} />)
    expect(screen.getByRole('status').textContent).toContain('relay')
  })
})
