import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { loadOrCreateSecret } from './secret-file.ts'

test('made once, for its owner only, and nothing else is left behind', () => {
  using folder = temporaryFolder()
  const file = path.join(folder.path, 'data', 'auth-secret')
  const secret = loadOrCreateSecret(file)
  expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
  expect(loadOrCreateSecret(file)).toBe(secret)
  expect(readFileSync(file, 'utf8').trim()).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(file))).toEqual(['auth-secret'])
})

test('a file that is cut short is an error, never a weak secret', () => {
  using folder = temporaryFolder()
  const file = path.join(folder.path, 'auth-secret')
  writeFileSync(file, 'short')
  expect(() => loadOrCreateSecret(file)).toThrow('is too short')
})
