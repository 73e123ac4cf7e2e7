import { expect, test } from 'vitest'
import { plantTree } from '../planted-tree.ts'
import { sameTests } from './same-tests.ts'

const original = {
  'src/log-in.ts': 'export const logIn = 1',
  'src/log-in.test.ts': "import { logIn } from './log-in.ts'",
  'test/support/user.ts': 'export const user = 1',
  'test/user.test.ts': "import { user } from './support/user.ts'\nimport { app } from '../src/log-in.ts'",
  'test/users.txt': 'ada',
  'test/users.test.ts': "readFileSync(new URL('users.txt', import.meta.url))",
}
const all = ['src/log-in.test.ts', 'test/user.test.ts', 'test/users.test.ts']
const without = (left: string) => all.filter((file) => file !== left)

function sameWith(changes: Record<string, string>): string[] {
  using tree = plantTree(original)
  using begun = plantTree({ ...original, ...changes })
  return sameTests(tree.root, begun.root).toSorted()
}

test('same tests: all of a tree without a change', () => {
  expect(sameWith({})).toEqual(all)
})

test.each([
  [
    'a changed test',
    'test/user.test.ts',
    "import { user } from './support/user.ts'",
    without('test/user.test.ts'),
  ],
  ['a changed file of tests', 'test/support/user.ts', 'export const user = 2', without('test/user.test.ts')],
  [
    'a changed source beside its test',
    'src/log-in.ts',
    'export const logIn = 2',
    without('src/log-in.test.ts'),
  ],
  ['a changed file of data', 'test/users.txt', 'bob', without('test/users.test.ts')],
  [
    'a test that calls the demo',
    'test/user.test.ts',
    "fetch('/trpc/notes.list')",
    without('test/user.test.ts'),
  ],
  [
    'a file of tests with all procedures',
    'test/support/user.ts',
    "from './support/procedures.ts'",
    without('test/user.test.ts'),
  ],
])('same tests: not %s', (_what, file, text, expected) => {
  expect(sameWith({ [file]: text })).toEqual(expected)
})
