import { afterEach, beforeEach, expect, test } from 'vitest'
import { listenToHistoryKeys } from './history-keys.ts'

let travelled: string[]
let stop: () => void

beforeEach(() => {
  travelled = []
  stop = listenToHistoryKeys(window, (way) => travelled.push(way))
})

afterEach(() => {
  stop()
  document.body.replaceChildren()
})

function press(target: HTMLElement, key: string, shiftKey = false): KeyboardEvent {
  document.body.append(target)
  const event = new KeyboardEvent('keydown', { key, shiftKey, ctrlKey: true, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  return event
}

test('on a button they mean the document', () => {
  expect(press(document.createElement('button'), 'z').defaultPrevented).toBe(true)
  press(document.createElement('button'), 'Z', true)
  press(document.createElement('button'), 'y')
  expect(travelled).toEqual(['undo', 'redo', 'redo'])
})

test('in a text field they are its own, and nothing when it is empty', () => {
  const field = document.createElement('input')
  expect(press(field, 'z').defaultPrevented).toBe(true)
  field.value = 'a'
  expect(press(field, 'z').defaultPrevented).toBe(false)
  expect(travelled).toEqual([])
})

test('other keys are nobody’s business', () => {
  expect(press(document.createElement('button'), 'b').defaultPrevented).toBe(false)
  expect(travelled).toEqual([])
})
