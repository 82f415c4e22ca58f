/** Puts a value into a map that holds at most so many, and forgets the oldest: names of peers come from outside. */
export function keepNewest<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  map.delete(name)
  map.set(name, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}
