import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({ test: { ...vitestBase, name: 'example-cross-origin' } })
