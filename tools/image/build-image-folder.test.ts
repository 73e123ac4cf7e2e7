import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from '../planted-tree.ts'

const script = join(import.meta.dirname, 'build-image-folder.mjs')

test.each([
  ['of all steps', []],
  ['of one step', ['collect']],
])('image folder: an existing folder ends a run %s before any work', (_, steps) => {
  using tree = plantTree({ old: 'a file of an earlier version' })
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tree.root, ...steps], {
    encoding: 'utf8',
    timeout: 5_000,
  })
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `${tree.root} exists. Name a new folder.\n`,
  })
})
