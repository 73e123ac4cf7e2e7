import { expect, test } from 'vitest'
import { HiddenLine } from './hidden-line.ts'

function typed(text: string): [status: string, taken: string] {
  const line = new HiddenLine()
  for (const character of text) {
    const { status } = line.type(character)
    if (status !== 'open') return [status, line.take()]
  }
  return ['open', line.take()]
}

test.each([
  ['Enter ends the line', 'päss 😀\rrest', ['done', 'päss 😀']],
  ['a line feed ends the line', 'pass\n', ['done', 'pass']],
  ['Backspace deletes a whole character', 'a😀\u007Fb\r', ['done', 'ab']],
  ['Backspace in an empty line does nothing', '\u007F\bx\r', ['done', 'x']],
  ['Ctrl-U starts over', 'wrong\u0015right\r', ['done', 'right']],
  ['Ctrl-C interrupts', 'half\u0003', ['interrupted', 'half']],
  ['Ctrl-D in an empty line interrupts', '\u0004', ['interrupted', '']],
  ['Ctrl-D after text ends the line', 'pass\u0004', ['done', 'pass']],
  [
    'arrows, Delete, Alt and function keys are ignored',
    'a\u001B[D\u001B[3~\u001Bx\u001BOP\u001B[1;5Cb\r',
    ['done', 'ab'],
  ],
  ['pasted text loses its brackets', '\u001B[200~pass\u001B[201~\r', ['done', 'pass']],
  ['Enter works after a lone Esc', 'a\u001B\r', ['done', 'a']],
  ['Ctrl-C works inside a sequence', 'a\u001B[\u0003', ['interrupted', 'a']],
  ['other control characters are ignored', 'a\tb\u0000c\r', ['done', 'abc']],
])('hidden line: %s', (_, keys, outcome) => {
  expect(typed(keys)).toEqual(outcome)
})

test('hidden line: the next line starts empty', () => {
  const line = new HiddenLine()
  line.type('x')
  expect([line.take(), line.take()]).toEqual(['x', ''])
})
