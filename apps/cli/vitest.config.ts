import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

// Each test starts the command in a process of its own, some of them several times.
export default defineConfig({ test: { ...vitestBase, name: 'cli', testTimeout: 60_000 } })
