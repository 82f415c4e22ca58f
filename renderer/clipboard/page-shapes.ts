/** Nodes of the page as plain shapes, and shapes as nodes of a schema. */
import { Fragment, type Node, type Schema, Slice } from 'prosemirror-model'
import type { Attributes, NodeShape, TextShape } from '../../shared/document/document-shape.ts'
import { isText } from '../../shared/document/document-shape.ts'
import { normalNode } from '../../shared/document/normal-shape.ts'
import { blockKind, isVerbatim } from '../../shared/document/block-kinds.ts'
import { nodeToShape } from '../editor/binding/same-document.ts'

export function shapesOf(fragment: Fragment): NodeShape[] {
  return fragment.content.filter((node) => !node.isText).map((node) => normalNode(nodeToShape(node)))
}

/** Blocks to be put in, open at both ends: the first and the last go on in the lines they are put into. */
export function sliceOf(schema: Schema, shapes: readonly NodeShape[]): Slice {
  return Slice.maxOpen(Fragment.fromArray(nodesOf(schema, shapes)))
}

/** What the schema does not know is left out; shapes read from elsewhere hold nothing of the kind. */
export function nodesOf(schema: Schema, shapes: readonly NodeShape[]): Node[] {
  return shapes.flatMap((shape) => {
    const type = schema.nodes[shape.node]
    if (type === undefined) return []
    const plain = shape.node === 'math' || isVerbatim(blockKind(shape.attributes['kind']))
    const content = shape.content.flatMap((part) =>
      isText(part) ? wordsOf(schema, part, plain) : nodesOf(schema, [part]),
    )
    return [type.create(knownOf(type.spec.attrs ?? {}, shape.attributes), Fragment.fromArray(content))]
  })
}

function wordsOf(schema: Schema, { text, marks }: TextShape, plain: boolean): Node[] {
  if (text === '') return []
  const names = plain ? [] : Object.entries(marks).filter(([name]) => schema.marks[name] !== undefined)
  const set = names.reduce<readonly ReturnType<Schema['mark']>[]>(
    (others, [name, attributes]) => schema.mark(name, { ...attributes }).addToSet(others),
    [],
  )
  return [schema.text(text, set)]
}

function knownOf(known: Readonly<Record<string, unknown>>, attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => Object.hasOwn(known, name)))
}
