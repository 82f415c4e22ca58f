import { afterEach } from 'vitest'
import { SharedDocument, someone } from '../shared-document.fixture.ts'
import { transportContract } from '../transport.contract.ts'
import { Access, anyDocument, App, epochs, turns } from './lan.fixture.ts'

const apps: App[] = []

afterEach(async () => {
  await Promise.all(apps.splice(0).map(({ hub }) => hub.stop()))
})

transportContract('The local network', async () => {
  const shared = new SharedDocument()
  const bob = someone()
  shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
  const keys = epochs(1)
  const [first, second] = [new App(), new App()]
  apps.push(first, second)
  // Something else is open on both, so that they listen.
  first.open(anyDocument())
  second.open(anyDocument())
  first.hub.dial(await second.address())
  second.hub.dial(await first.address())
  return {
    alice: first.hub.transport(new Access(shared.founder.member, shared.chain, keys)),
    bob: second.hub.transport(new Access(bob.member, shared.chain, keys)),
    settle: () => turns(40),
  }
})
