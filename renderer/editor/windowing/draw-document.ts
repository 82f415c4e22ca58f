/** A body drawn without binding it: for documents that may be read but not written. Writes nothing, ever. */
import { Fragment, type Node, type Schema } from 'prosemirror-model'
import { EditorState, type Plugin } from 'prosemirror-state'
import * as Y from 'yjs'
import { isText, type NodeShape, readElement, type TextShape } from '../../../shared/document/document-shape.ts'
import { schemaFor } from '../../../shared/document/extend-schema.ts'
import { nodeText } from '../../../shared/document/plain-text.ts'
import { schema as ownSchema } from '../../../shared/document/schema.ts'

/** A state that shows the body as it is now and follows nothing. What no schema can hold is shown as its words. */
export function drawDocument(body: Y.XmlFragment, note: string, plugins: readonly Plugin[]): EditorState {
  const schema = schemaFor(body, note) ?? ownSchema
  const blocks = body.toArray().map((child) => {
    if (child instanceof Y.XmlElement) return draw(readElement(child), schema)
    return plainBlock(child instanceof Y.XmlText ? plainText(child) : '', schema)
  })
  return EditorState.create({ doc: schema.topNodeType.create(null, Fragment.from(blocks)), plugins: [...plugins] })
}

function draw(shape: NodeShape, schema: Schema): Node {
  const type = schema.nodes[shape.node]
  if (type === undefined || type.isInline || type === schema.topNodeType) return plainBlock(nodeText(shape), schema)
  const content = Fragment.from(shape.content.flatMap((part) => drawPart(part, schema)))
  return type.validContent(content) ? type.create(shape.attributes, content) : plainBlock(nodeText(shape), schema)
}

function drawPart(part: NodeShape | TextShape, schema: Schema): Node[] {
  if (isText(part)) {
    const marks = Object.entries(part.marks).flatMap(
      ([name, attributes]) => schema.marks[name]?.create(attributes) ?? [],
    )
    return part.text === '' ? [] : [schema.text(part.text, marks)]
  }
  const type = schema.nodes[part.node]
  if (type?.isInline === true) {
    const content = Fragment.from(part.content.flatMap((inner) => drawPart(inner, schema)))
    return [type.create(part.attributes, type.validContent(content) ? content : null)]
  }
  return type === undefined ? [schema.text(nodeText(part) || '\ufffc')] : [draw(part, schema)]
}

function plainBlock(text: string, schema: Schema): Node {
  return schema.node('block', null, text === '' ? undefined : schema.text(text))
}

function plainText(text: Y.XmlText): string {
  const runs = text.toDelta() as { insert: unknown }[]
  return runs.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
