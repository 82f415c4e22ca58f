/**
 * What a session said about itself while it lived, and what must therefore be found after its death: whatever it heard
 * was saved, and nothing it never wrote. A session writes one note a line:
 *
 *     document ID         the document is founded
 *     type NAME           about to put in a token     erase NAME   about to take one out
 *     saved NAME          its token is saved          erased NAME  it is saved that it is out
 *     publishing          about to publish            published    the file is in place
 *     begun               about to open the document  open         it is open
 *     done                the session ended by itself
 */
import { tokensIn } from './tokens.ts'

/** Tokens that must be in a text, and tokens that must not. */
interface Expected {
  readonly saved: ReadonlySet<string>
  readonly erased: ReadonlySet<string>
}

export class Ledger {
  documentId: string | null = null
  /** Acknowledgements heard. */
  acknowledged = 0
  ended = false
  private readonly typed = new Set<string>()
  private readonly erasing = new Set<string>()
  private readonly saved = new Set<string>()
  private readonly erased = new Set<string>()
  private publishing: Expected | null = null
  private published: Expected | null = null

  add(text: string): void {
    for (const line of text.split('\n')) if (line !== '') this.addLine(line)
  }

  /** Whether a published file was acknowledged. */
  isPublished(): boolean {
    return this.published !== null
  }

  /** One sentence for each way in which the document's text is not what was acknowledged. */
  judgeText(text: string): string[] {
    return this.judge(text, { saved: this.saved, erased: this.erased })
  }

  /** The same for the published file: it may be older, but not than the last one that was acknowledged. */
  judgePublished(text: string): string[] {
    return this.judge(text, this.published ?? { saved: new Set(), erased: new Set() })
  }

  private addLine(line: string): void {
    const [verb = '', name = ''] = line.split(' ')
    switch (verb) {
      case 'document':
        this.documentId = name
        return
      case 'type':
        this.typed.add(name)
        return
      case 'erase':
        this.erasing.add(name)
        return
      case 'saved':
        this.acknowledged += 1
        this.saved.add(name)
        return
      case 'erased':
        this.acknowledged += 1
        this.erased.add(name)
        return
      case 'publishing':
        this.publishing = { saved: new Set(this.saved), erased: new Set(this.erased) }
        return
      case 'published':
        this.published = this.publishing
        return
      case 'begun':
      case 'open':
        return
      case 'done':
        this.ended = true
        return
      default:
        throw new Error(`A session wrote a note that nobody knows: ${line}`)
    }
  }

  private judge(text: string, { saved, erased }: Expected): string[] {
    const found = tokensIn(text)
    const present = new Set(found)
    const lost = [...saved].filter((name) => !present.has(name) && !this.erasing.has(name))
    const back = found.filter((name) => erased.has(name))
    const twice = found.filter((name, index) => found.indexOf(name) !== index)
    const strange = found.filter((name) => !this.typed.has(name))
    return [
      ...sentence(lost, 'acknowledged edits are lost'),
      ...sentence(back, 'erased tokens are back'),
      ...sentence(twice, 'tokens stand there twice'),
      ...sentence(strange, 'tokens were never written'),
    ]
  }
}

function sentence(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${names.length} ${what}: ${names.slice(0, 5).join(', ')}`]
}
