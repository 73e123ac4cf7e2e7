import { defineConfig } from 'vitest/config'
import { vitestBase } from '../vitest-base.ts'

// The copies of the tree are on the disk, where pnpm links packages instead of copying them.
const { TMPDIR: _inMemory, ...env } = vitestBase.env

export default defineConfig({ test: { ...vitestBase, env, name: 'guides', include: ['*.test.ts'] } })
