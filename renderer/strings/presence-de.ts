/** German strings of who else is in a document. */
export const presenceDe = {
  'presence.people': 'Personen hier',
  'presence.nameless': 'Jemand',
  'presence.person': (name: string, state: 'typing' | 'here' | 'idle') =>
    state === 'typing' ? `${name}, schreibt` : state === 'idle' ? `${name}, untätig` : name,
  'presence.goTo': (name: string) => `Zu ${name} gehen`,
  'presence.more': (count: string, names: string) => `+${count} hier: ${names}`,
  'presence.typing': (names: string, count: number) => `${names} ${count === 1 ? 'schreibt' : 'schreiben'} …`,
  'presence.manyTyping': (count: string) => `${count} Personen schreiben …`,
  'presence.came': (names: string, count: number) => `${names} ${count === 1 ? 'ist' : 'sind'} hier.`,
  'presence.left': (names: string, count: number) => `${names} ${count === 1 ? 'ist' : 'sind'} gegangen.`,
}
