import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { OwnAddresses } from './own-addresses.tsx'

afterEach(cleanup)

it.each([
  [['192.168.1.20:5050', '[fd00::2]:5050'], 'Others find this computer at 192.168.1.20:5050'],
  [['[fd00::2]:5050'], 'Others find this computer at [fd00::2]:5050'],
])('LAN-41: says %s in the form that is easiest to read out', async (addresses, words) => {
  render(<OwnAddresses ask={async () => addresses} />)
  expect((await screen.findByText(/Others find/)).textContent).toBe(words)
})

it('LAN-41: says why this computer’s address can’t be told', async () => {
  render(<OwnAddresses ask={() => Promise.reject(new Error('The network is gone.'))} />)
  expect((await screen.findByRole('paragraph')).textContent).not.toBe('')
  expect(screen.queryByText(/Others find/)).toBeNull()
})
