/** HTML parsed as browsers parse it, within bounds: what would keep the parser busy for minutes is refused. */
import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, defaultTreeAdapter, Parser } from 'parse5'
import { type Element, TreeBuilder } from '../../shared/document/html/html-elements.ts'
import { SheafError } from '../../shared/errors.ts'

/** Elements open at once; browsers stop at 512. Each new element makes the parser look through all of them. */
const MOST_OPEN = 1000
/** Elements in all: one short page can ask a parser to repeat its formatting in every paragraph. */
const MOST_ELEMENTS = 2_000_000
/** Of one element: the parser compares each with all before it. */
const MOST_ATTRIBUTES = 5000
/** Characters between two looks at how things stand. */
const STRIDE = 16_384

/** The page as a tree, and never one too deep to walk. Throws `too-big`. */
export function parsePage(html: string): Element {
  let open = 0
  let made = 0
  const parser = new Parser<DefaultTreeAdapterMap>({
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(tagName, namespace, attrs) {
        made += 1
        if (made > MOST_ELEMENTS) throw tooTangled()
        return defaultTreeAdapter.createElement(tagName, namespace, attrs)
      },
      onItemPush() {
        open += 1
        if (open > MOST_OPEN) throw tooTangled()
      },
      onItemPop() {
        open -= 1
      },
    },
  })
  const { tokenizer } = parser
  for (let at = 0; at === 0 || at < html.length; at += STRIDE) {
    tokenizer.write(html.slice(at, at + STRIDE), at + STRIDE >= html.length)
    const token = tokenizer['currentToken']
    if (token !== null && 'attrs' in token && token.attrs.length > MOST_ATTRIBUTES) throw tooTangled()
  }
  return treeOf(parser.document)
}

function tooTangled(): SheafError {
  return new SheafError('too-big', 'This page is more tangled than Sheaf can read.')
}

function treeOf(page: DefaultTreeAdapterTypes.Document): Element {
  const builder = new TreeBuilder()
  const read = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (node.nodeName === '#text') builder.text((node as DefaultTreeAdapterTypes.TextNode).value)
    if (!('tagName' in node)) return
    builder.open(node.tagName, Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])))
    for (const child of node.childNodes) read(child)
    builder.close()
  }
  for (const child of page.childNodes) read(child)
  return builder.root
}
