import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from '@app/router/testing'
import { expect, test } from 'vitest'
import { removeReplaced } from '../../build/remove-replaced.ts'

const hourMs = 3_600_000

test('build: keeps the files of an earlier build for a day after they were replaced, however old it was', () => {
  using folder = temporaryFolder()
  const write = (name: string, at: number) => {
    const file = path.join(folder.path, name)
    writeFileSync(file, '')
    utimesSync(file, at / 1_000, at / 1_000)
  }
  let builtAt: number | null = null
  const build = (names: readonly string[], now: number) => {
    for (const name of names) write(name, now)
    removeReplaced(folder.path, new Set(names), { builtAt, now })
    builtAt = now
    return readdirSync(folder.path).toSorted()
  }
  build(['main.js', 'worker-1.js'], hourMs)
  expect(build(['main.js', 'worker-2.js'], 100 * hourMs)).toContain('worker-1.js')
  expect(build(['main.js', 'worker-3.js'], 123 * hourMs)).toEqual([
    'main.js',
    'worker-1.js',
    'worker-2.js',
    'worker-3.js',
  ])
  expect(build(['main.js', 'worker-3.js'], 125 * hourMs)).toEqual(['main.js', 'worker-2.js', 'worker-3.js'])
})
