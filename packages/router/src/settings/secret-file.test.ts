import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { loadOrCreateSecret } from './secret-file.ts'

test('secret file: is created once, for its owner only, without leftovers', () => {
  using folder = temporaryFolder()
  const file = path.join(folder.path, 'data', 'auth-secret')
  const secret = loadOrCreateSecret(file)
  expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
  expect(loadOrCreateSecret(file)).toBe(secret)
  expect(readFileSync(file, 'utf8').trim()).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(file))).toEqual(['auth-secret'])
})

test('secret file: rejects a truncated file', () => {
  using folder = temporaryFolder()
  const file = path.join(folder.path, 'auth-secret')
  writeFileSync(file, 'short')
  expect(() => loadOrCreateSecret(file)).toThrow('is too short')
})
