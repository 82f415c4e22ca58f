/**
 * The Yjs elements behind the blocks of a page. A Yjs list is walked from its start to find what stands at an index; here
 * the walk begins at the block that was asked for last, which is nearly always the one asked for again.
 */
import { Node } from 'prosemirror-model'
import type { ProsemirrorBinding } from 'y-prosemirror'
import * as Y from 'yjs'
import { onlyChangedBlock } from '../windowing/changed-blocks.ts'

interface Found {
  readonly page: Node
  readonly index: number
  readonly element: Y.XmlElement
}

const lastFound = new WeakMap<ProsemirrorBinding, Found>()

/**
 * The element behind the block `index` of `page`, or null. Exact while the blocks of `page` stand where those of Yjs do;
 * else it is what Yjs has at that index.
 */
export function elementAt(binding: ProsemirrorBinding, page: Node, index: number): Y.XmlElement | null {
  const written = writtenPage(binding)
  const inStep = written === page || (written !== null && onlyChangedBlock(written, page) !== null)
  const last = lastFound.get(binding)
  const near = inStep && last?.page === written ? walk(last, index) : null
  const element = near ?? binding.type.get(index)
  if (!(element instanceof Y.XmlElement)) return null
  if (inStep) lastFound.set(binding, { page: written, index, element })
  return element
}

/** The page that is what Yjs holds, or null when something came in that the binding has not shown or written yet. */
export function writtenPage(binding: ProsemirrorBinding): Node | null {
  const written: unknown = binding.mapping.get(binding.type)
  return written instanceof Node ? written : null
}

/** The binding wrote block `index` into `element`, and nothing else: `page` is now what Yjs holds. */
export function bindBlock(binding: ProsemirrorBinding, page: Node, index: number, element: Y.XmlElement): void {
  binding.mapping.set(binding.type, page)
  lastFound.set(binding, { page, index, element })
}

/** Yjs and `page` were seen to hold the same blocks. */
export function bindPage(binding: ProsemirrorBinding, page: Node): void {
  binding.mapping.set(binding.type, page)
}

/** Steps from one block to another; far ones are not worth it. */
const NEAR = 64

function walk({ index: from, element }: Found, index: number): Y.XmlElement | null {
  if (Math.abs(index - from) > NEAR) return null
  let at: Y.XmlElement | null = element
  for (let step = from; step !== index && at !== null; step += Math.sign(index - from)) {
    const next: unknown = index > from ? at.nextSibling : at.prevSibling
    at = next instanceof Y.XmlElement ? next : null
  }
  return at
}
