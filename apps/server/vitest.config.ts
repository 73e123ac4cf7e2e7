import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({ test: { ...vitestBase, name: 'server', testTimeout: 30_000, hookTimeout: 30_000 } })
