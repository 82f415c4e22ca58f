import { expect, test } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { anyDocument, App, until } from './lan.fixture.ts'
import { firstPort } from './lan-port.ts'

const SECRET = suite.random(32)
const at = (address: string, prefix = 24) => [{ name: 'eth0', family: 4, address, prefix } as const]

test('LAN-29: the port is the same each time on a network, another elsewhere, and another for somebody else', () => {
  const home = firstPort(suite, SECRET, at('192.168.1.20'))
  expect(home).toBeGreaterThanOrEqual(49_152)
  expect(home).toBeLessThan(65_536)
  expect(firstPort(suite, SECRET, at('192.168.1.77'))).toBe(home)
  const others = [firstPort(suite, SECRET, at('10.0.0.20')), firstPort(suite, suite.random(32), at('192.168.1.20'))]
  // Two of 16,384 may be the same by chance, both are not.
  expect(others.every((port) => port === home)).toBe(false)
  expect(firstPort(suite, SECRET, [])).toBe(0)
})

test('LAN-29: an app that comes back is where it was; one that finds the place taken is somewhere else', async () => {
  const secret = suite.random(32)
  const listen = async () => {
    const app = new App({ secret })
    app.open(anyDocument())
    await until(() => app.hub.addresses().length > 0, 'it listens')
    return { app, address: app.hub.addresses()[0] }
  }
  const first = await listen()
  const second = await listen()
  expect(second.address).not.toBe(first.address)
  await first.app.hub.stop()
  const again = await listen()
  expect(again.address).toBe(first.address)
  await Promise.all([second, again].map(({ app }) => app.hub.stop()))
})
