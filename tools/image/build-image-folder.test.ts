import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
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

test.each([
  [['--halp'], "Unknown option '--halp'."],
  [[], 'Name a folder.'],
  [['image', 'pack'], 'There is no step pack.'],
])('image folder: %j prints how to use it, and makes nothing', (options, problem) => {
  using tree = plantTree({})
  const { status, stderr } = spawnSync(process.execPath, [script, ...options], {
    cwd: tree.root,
    encoding: 'utf8',
    timeout: 5_000,
  })
  const usage = 'Usage: npm run image:folder -- <folder> [install | build | collect | dependencies]'
  expect({ status, stderr }).toEqual({ status: 2, stderr: `${problem}\n${usage}\n` })
  expect(readdirSync(tree.root)).toEqual([])
})
