import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { restrictFiles } from './file-modes.ts'

test.skipIf(process.platform === 'win32').each([
  [0o666, 0o600],
  [0o644, 0o600],
  [0o777, 0o600],
  [0o660, 0o600],
  [0o604, 0o600],
  [0o640, 0o640],
  [0o600, 0o600],
  [0o400, 0o400],
])('restrictFiles: changes a file of mode %o to %o, and warns of a change', (before, after) => {
  using folder = temporaryFolder()
  const file = path.join(folder.path, 'auth-secret')
  writeFileSync(file, 'x')
  chmodSync(file, before)
  const warnings = restrictFiles([file, `${file}-missing`])
  expect(statSync(file).mode & 0o777).toBe(after)
  const sentence = new RegExp(`${file}.*mode 0${before.toString(8)}.*AUTH_SECRETS`)
  expect(warnings.join()).toMatch(before === after ? /^$/ : sentence)
})

test.skipIf(process.platform === 'win32').each([0o777, 0o775, 0o1777])(
  'restrictFiles: warns of a folder of mode %o and does not change it',
  (mode) => {
    using parent = temporaryFolder()
    const folder = path.join(parent.path, 'data')
    mkdirSync(folder)
    chmodSync(folder, mode)
    expect(restrictFiles([path.join(folder, 'app.db'), path.join(folder, 'auth-secret')])).toEqual([
      expect.stringMatching(/put files into .*data.*chmod go-w/),
    ])
    expect(statSync(folder).mode & 0o7777).toBe(mode)
  },
)
