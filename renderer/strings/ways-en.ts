/** English strings of the ways in around the page: the `/` menu, find, the outline, focus, counts, menus. */
import { formatCount } from './format-count.ts'

const count = formatCount('en')

export const waysEn = {
  // ---- the `/` menu
  'slash.label': 'Insert',
  'slash.hint': 'Type to filter',
  'section.kind': 'Blocks',
  'section.mark': 'Formatting',
  'section.insert': 'Media and notes',
  'section.block': 'Position',
  'section.table': 'Table',
  'keywords.paragraph': 'text body normal',
  'keywords.h1': 'heading one title chapter',
  'keywords.h2': 'heading two subheading section',
  'keywords.h3': 'heading three subheading',
  'keywords.h4': 'heading four',
  'keywords.h5': 'heading five',
  'keywords.h6': 'heading six',
  'keywords.bullet': 'unordered points ul dash',
  'keywords.ordered': 'ordered ol 1 2 3 enumeration',
  'keywords.task': 'to-do todo checkbox checklist',
  'keywords.quote': 'blockquote cite',
  'keywords.callout': 'note tip warning box admonition',
  'keywords.code': 'source program pre monospace',
  'keywords.math': 'equation tex latex maths',
  'keywords.divider': 'horizontal rule line separator scene break hr',

  // ---- find and replace
  'find.label': 'Find',
  'find.field': 'Find on this page',
  'find.replaceField': 'Replace with',
  'find.matchCase': 'Match case',
  'find.wholeWord': 'Whole words',
  'find.regex': 'Regular expression',
  'find.next': 'Next match',
  'find.previous': 'Previous match',
  'find.showReplace': 'Show replace',
  'find.hideReplace': 'Hide replace',
  'find.replace': 'Replace',
  'find.replaceAll': 'Replace all',
  'find.place': (at: number, all: number) => `${at} of ${count(all, '#', '#')}`,
  'find.found': (all: number) => count(all, 'One match', '# matches'),
  'find.none': 'No matches',
  'find.fromStart': 'Found from the beginning',
  'find.fromEnd': 'Found from the end',
  'find.bad': (reason: string) => `Not a valid expression: ${reason}`,
  'find.slow': 'This expression takes too long on this text',
  'find.replaced': (all: number) => count(all, 'One match replaced', '# matches replaced'),
  'command.find': 'Find…',
  'command.findReplace': 'Find and replace…',
  'command.findNext': 'Find next',
  'command.findPrevious': 'Find previous',
  'keywords.find': 'search look for',
  'keywords.findReplace': 'search substitute change',

  // ---- the panel at the right
  'panel.close': 'Close panel',
  'panel.outline': 'Outline',
  'outline.empty': 'Headings make the outline',
  'outline.emptyHelp': 'Start a line with # and a space to write one.',
  'outline.untitled': 'Empty heading',
  'command.outline': 'Show or hide the outline',
  'keywords.outline': 'table of contents toc headings navigation',

  // ---- focus and typewriter
  'command.focusBlock': 'Focus on the paragraph',
  'command.focusSentence': 'Focus on the sentence',
  'command.focusOff': 'Leave focus mode',
  'command.typewriter': 'Typewriter scrolling',
  'keywords.focus': 'focus mode distraction free zen dim',
  'keywords.typewriter': 'middle centre caret line scroll',
  'focus.leave': 'Leave focus mode',

  // ---- counts
  'counts.title': 'Counts',
  'counts.show': (words: string) => `${words}. Show all counts`,
  'counts.document': 'Document',
  'counts.selection': 'Selection',
  'counts.words': 'Words',
  'counts.characters': 'Characters',
  'counts.withoutSpaces': 'Characters without spaces',
  'counts.reading': 'Reading time',
  'counts.number': (value: number) => count(value, '#', '#'),
  'counts.minutes': (minutes: number) => count(minutes, 'One minute', '# minutes'),
  'counts.underMinute': 'Under a minute',
  'counts.ofWords': (selected: number, all: number) =>
    `${count(selected, '#', '#')} of ${count(all, '# word', '# words')}`,
  'command.counts': 'Words and characters',
  'keywords.counts': 'word count characters statistics reading time length',

  // ---- the menu of the page
  'pageMenu.label': 'Page menu',
  'pageMenu.cut': 'Cut',
  'pageMenu.copy': 'Copy',
  'pageMenu.paste': 'Paste',
  'pageMenu.pastePlain': 'Paste as plain text',
  'pageMenu.selectAll': 'Select all',
  'pageMenu.findSelected': (words: string) => `Find “${words}”`,
  'pageMenu.insert': 'Insert…',

  // ---- commands
  'commands.recent': 'Used last',
  'command.notHere': 'Not possible where the caret is',
  'command.readOnlyPage': 'This page can’t be changed',
}
