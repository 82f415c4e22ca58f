/** Code that is only drawn as code: lines in a box of a typewriter face, as editors of programs copy them. It becomes `pre`. */
import {
  attribute,
  element,
  type Element,
  hasClass,
  isElement,
  type Node,
  setChildren,
  textOf,
} from './html-elements.ts'

const TYPEWRITER = /font-family:[^;]*(monospace|consolas|menlo|monaco|courier|\bmono\b)/i

/** Changes the tree below `parent`. */
export function gatherCode(parent: Element): void {
  const children: Node[] = []
  for (const child of parent.childNodes) {
    const last = children.at(-1)
    if (!isElement(child)) {
      if (child.text.trim() !== '' || !isWriterLine(last)) children.push(child)
    } else if (isWriterLine(child) && isWriterLine(last)) {
      const between = textOf(last).endsWith('\n') ? '' : '\n'
      setChildren(last, [...last.childNodes, { text: between, parent: last }, ...child.childNodes])
    } else if (isCodeBox(child)) children.push(codeOf(child))
    else {
      gatherCode(child)
      children.push(child)
    }
  }
  setChildren(parent, children)
}

/** LibreOffice makes a `pre` of each line of code. */
function isWriterLine(node: Node | undefined): node is Element {
  return isElement(node) && node.tagName === 'pre' && hasClass(node, /^(western|cjk|ctl)$/)
}

function isCodeBox(box: Element): boolean {
  const style = attribute(box, 'style') ?? ''
  return box.tagName === 'div' && /white-space:\s*pre/i.test(style) && TYPEWRITER.test(style)
}

function codeOf(box: Element): Element {
  const lines: string[] = []
  let line = ''
  for (const child of box.childNodes) {
    if (isElement(child) && (child.tagName === 'div' || child.tagName === 'br')) {
      if (child.tagName === 'br' || line !== '') lines.push(line)
      line = ''
      if (child.tagName === 'div') lines.push(textOf(child).replace(/\n$/, ''))
    } else line += textOf(child)
  }
  if (line !== '') lines.push(line)
  const text = lines.join('\n')
  const words: Node[] = [{ text, parent: null }]
  // A piece of a line goes into the line it is pasted into.
  return text.includes('\n') ? element('pre', {}, words) : element('p', {}, [element('code', {}, words)])
}
