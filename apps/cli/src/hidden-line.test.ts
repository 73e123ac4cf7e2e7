import { expect, test } from 'vitest'
import { HiddenLine } from './hidden-line.ts'

function typed(text: string): [state: string, taken: string] {
  const line = new HiddenLine()
  for (const character of text) {
    const state = line.type(character)
    if (state !== 'open') return [state, line.take()]
  }
  return ['open', line.take()]
}

test.each([
  ['Enter ends it', 'päss 😀\rrest', ['done', 'päss 😀']],
  ['a line feed ends it too', 'pass\n', ['done', 'pass']],
  ['Backspace takes a whole character', 'a😀\u007Fb\r', ['done', 'ab']],
  ['Backspace on nothing is nothing', '\u007F\bx\r', ['done', 'x']],
  ['Ctrl-U starts over', 'wrong\u0015right\r', ['done', 'right']],
  ['Ctrl-C interrupts', 'half\u0003', ['interrupted', 'half']],
  ['Ctrl-D on nothing interrupts', '\u0004', ['interrupted', '']],
  ['Ctrl-D behind something ends it', 'pass\u0004', ['done', 'pass']],
  [
    'arrows, Delete, Alt and function keys are no text',
    'a\u001B[D\u001B[3~\u001Bx\u001BOP\u001B[1;5Cb\r',
    ['done', 'ab'],
  ],
  ['a pasted text comes without its brackets', '\u001B[200~pass\u001B[201~\r', ['done', 'pass']],
  ['Enter works behind a lone Esc', 'a\u001B\r', ['done', 'a']],
  ['Ctrl-C works inside a sequence', 'a\u001B[\u0003', ['interrupted', 'a']],
  ['other control characters are no text', 'a\tb\u0000c\r', ['done', 'abc']],
])('%s', (_, keys, outcome) => {
  expect(typed(keys)).toEqual(outcome)
})

test('the next line starts empty', () => {
  const line = new HiddenLine()
  line.type('x')
  expect([line.take(), line.take()]).toEqual(['x', ''])
})
