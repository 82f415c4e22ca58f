/** The grammars of the offered languages. Large, so it is loaded when a page first holds code in one of them. */
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import graphql from 'highlight.js/lib/languages/graphql'
import haskell from 'highlight.js/lib/languages/haskell'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import latex from 'highlight.js/lib/languages/latex'
import lua from 'highlight.js/lib/languages/lua'
import makefile from 'highlight.js/lib/languages/makefile'
import markdown from 'highlight.js/lib/languages/markdown'
import perl from 'highlight.js/lib/languages/perl'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import r from 'highlight.js/lib/languages/r'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import scss from 'highlight.js/lib/languages/scss'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'

/** Words of code that look alike: `from` and `to` count characters. */
export interface CodeSpan {
  readonly from: number
  readonly to: number
  /** Like `hljs-keyword`. */
  readonly look: string
}

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  go,
  graphql,
  haskell,
  ini,
  java,
  javascript,
  json,
  kotlin,
  latex,
  lua,
  makefile,
  markdown,
  perl,
  php,
  python,
  r,
  ruby,
  rust,
  scss,
  sql,
  swift,
  typescript,
  xml,
  yaml,
})

type Part = ReturnType<typeof lowlight.highlight>['children'][number]

/** The spans of a text in a language of `CODE_LANGUAGES`. */
export function codeSpans(language: string, text: string): readonly CodeSpan[] {
  const spans: CodeSpan[] = []
  let at = 0
  const read = (part: Part, look: string) => {
    if (part.type === 'text') {
      if (look !== '') spans.push({ from: at, to: at + part.value.length, look })
      at += part.value.length
    } else if (part.type === 'element') {
      const names = part.properties['className']
      const inner = Array.isArray(names) ? names.join(' ') : look
      for (const child of part.children) read(child, inner)
    }
  }
  for (const part of lowlight.highlight(language, text).children) read(part, '')
  return spans
}
