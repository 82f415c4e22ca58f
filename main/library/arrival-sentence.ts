/** One sentence that says what came into a document from elsewhere: how much, by whom, and from where. */
import type { Intake } from './document-port.ts'

export type ArrivalSource = 'conflicted copy' | 'copy' | 'file'

const NUMBERS = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ')
const LONGEST_NAME = 60
/** Control characters and marks of direction: a name must not turn the sentence around it. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** `intakes`: what each of several files brought that were taken in together. */
export function arrivalSentence(intakes: readonly Intake[], source: ArrivalSource): string {
  const many = intakes.length > 1
  if (intakes.every((intake) => intake.records === 0)) {
    if (source === 'file') return 'The file held nothing new.'
    return many
      ? `${amount(intakes.length)} ${plural(source)} held nothing new and were set aside.`
      : `A ${source} held nothing new and was set aside.`
  }
  const paragraphs = intakes.reduce((sum, intake) => sum + intake.paragraphs, 0)
  const what = paragraphs === 0 ? 'Changes' : `${amount(paragraphs)} ${paragraphs === 1 ? 'paragraph' : 'paragraphs'}`
  return `${what}${by([...new Set(intakes.flatMap((intake) => intake.authors))])} came from ${where(source, intakes.length)}.`
}

function where(source: ArrivalSource, count: number): string {
  if (source === 'file') return 'the file, which another program had changed'
  return count > 1 ? `${amount(count).toLowerCase()} ${plural(source)}` : `a ${source}`
}

function plural(source: ArrivalSource): string {
  return source === 'conflicted copy' ? 'conflicted copies' : 'copies'
}

function by(authors: readonly string[]): string {
  const [first, second, ...others] = authors.map(shown).filter((name) => name !== '')
  if (first === undefined) return ''
  if (second === undefined) return ` by ${first}`
  return others.length === 0 ? ` by ${first} and ${second}` : ` by ${first}, ${second} and others`
}

function shown(name: string): string {
  const clean = name.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim()
  return clean.length > LONGEST_NAME ? `${Array.from(clean).slice(0, LONGEST_NAME).join('')}…` : clean
}

function amount(number: number): string {
  return NUMBERS[number] ?? number.toLocaleString('en')
}
