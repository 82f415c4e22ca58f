/** English strings of who else is in a document. */
export const presenceEn = {
  'presence.people': 'People here',
  'presence.nameless': 'Somebody',
  'presence.person': (name: string, state: 'typing' | 'here' | 'idle') =>
    state === 'typing' ? `${name}, typing` : state === 'idle' ? `${name}, idle` : name,
  'presence.goTo': (name: string) => `Go to ${name}`,
  'presence.more': (count: string, names: string) => `+${count} here: ${names}`,
  'presence.typing': (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} typing…`,
  'presence.manyTyping': (count: string) => `${count} people are typing…`,
  'presence.came': (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} here.`,
  'presence.left': (names: string, count: number) => `${names} ${count === 1 ? 'has' : 'have'} left.`,
}
