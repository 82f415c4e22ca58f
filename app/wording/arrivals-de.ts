/** What came into a document from elsewhere, in German; main/library/arrival-sentence.ts says it in English. */

const NUMBERS: Readonly<Record<string, string>> = {
  two: 'zwei',
  three: 'drei',
  four: 'vier',
  five: 'fünf',
  six: 'sechs',
  seven: 'sieben',
  eight: 'acht',
  nine: 'neun',
  ten: 'zehn',
  eleven: 'elf',
  twelve: 'zwölf',
}

type Pattern = readonly [read: RegExp, say: (...read: string[]) => string]

export const arrivalPatternsDe: readonly Pattern[] = [
  [
    /^(Changes|One paragraph|(\S+) paragraphs)(?: by (.+))? came from (?:(the file, which another program had changed)|(a|\S+) (conflicted )?cop(?:y|ies))\.$/u,
    (_, what = '', paragraphs = '', authors, file, copies = '', conflicted) => {
      const one = what === 'One paragraph'
      const subject = one ? 'Ein Absatz' : what === 'Changes' ? 'Änderungen' : `${capital(number(paragraphs))} Absätze`
      const noun = conflicted === undefined ? 'Kopie' : 'Konfliktkopie'
      const source = copies === 'a' ? `einer ${noun}` : `${number(copies)} ${noun}n`
      const where = file === undefined ? source : 'der Datei, die ein anderes Programm geändert hatte'
      return `${subject}${by(authors)} ${one ? 'kam' : 'kamen'} aus ${where}.`
    },
  ],
  [
    /^(A|\S+) (conflicted )?cop(?:y|ies) held nothing new and (?:was|were) set aside\.$/u,
    (_, count = '', conflicted) => {
      const noun = conflicted === undefined ? 'Kopie' : 'Konfliktkopie'
      return count === 'A'
        ? `Eine ${noun} enthielt nichts Neues und wurde beiseitegelegt.`
        : `${capital(number(count))} ${noun}n enthielten nichts Neues und wurden beiseitegelegt.`
    },
  ],
]

function by(authors: string | undefined): string {
  if (authors === undefined) return ''
  return ` von ${authors.replace(/ and others$/u, ' und anderen').replace(/ and (?=[^,]*$)/u, ' und ')}`
}

function number(words: string): string {
  return NUMBERS[words.toLowerCase()] ?? words.replaceAll(',', '.')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
