/** A program that says how far it got, and never ends: it does not even come round to hearing anything. */
import process from 'node:process'

process.send?.({ line: 'half way' }, () => {
  for (;;);
})
