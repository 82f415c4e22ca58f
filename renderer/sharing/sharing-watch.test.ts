import { expect, it } from 'vitest'
import { createSheafApi } from '../sheaf-api.ts'
import { FakeBridge } from '../testing/fake-bridge.ts'
import { ALICE, person, together } from '../testing/together.ts'
import { Observable } from '../window/observable.ts'
import { SharingWatch } from './sharing-watch.ts'

const [ONE, OTHER] = ['aa'.repeat(32), 'bb'.repeat(32)]
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

it('SHARE-4: of a page that was left and came back, the answer of the first time counts for nothing', async () => {
  const bridge = new FakeBridge()
  const documentId = new Observable<string | null>(null)
  const failures: unknown[] = []
  const watch = new SharingWatch(createSheafApi(bridge), documentId, (error) => failures.push(error))
  const answers: (() => void)[] = []
  for (const next of [ONE, OTHER, ONE]) {
    answers.push(bridge.holdAt('sharing.get'))
    documentId.set(next)
  }
  const [first, second, third] = answers
  bridge.sharing = together()
  first?.()
  await settled()
  expect(watch.view.get()).toBeNull()
  bridge.failAt('sharing.get', {})
  second?.()
  await settled()
  expect(failures).toEqual([])
  bridge.mend('sharing.get')
  bridge.sharing = together(person('Bob'))
  third?.()
  await settled()
  expect(watch.view.get()?.people).toEqual([ALICE, person('Bob')])
})
