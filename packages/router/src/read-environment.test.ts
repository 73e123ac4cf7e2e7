import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, expect, test } from 'vitest'

import { readEnvironment } from './read-environment.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-env-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the .env file is read, and the process has the last word', () => {
  expect(readEnvironment(folder, { PORT: '1' })).toEqual({ PORT: '1' })
  writeFileSync(path.join(folder, '.env'), '# both\nPORT=2\nHOST="::1" # here\n')
  expect(readEnvironment(folder, { PORT: '1' })).toEqual({ PORT: '1', HOST: '::1' })
})
