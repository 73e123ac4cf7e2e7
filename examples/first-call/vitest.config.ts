import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

// Whole programs are started here, which takes long on a busy machine.
export default defineConfig({ test: { ...vitestBase, name: 'example-first-call', testTimeout: 30_000 } })
