import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

// Making and dropping a PostgreSQL database takes a moment, and several seconds on a busy machine.
export default defineConfig({
  test: { ...vitestBase, name: 'router', testTimeout: 20_000, hookTimeout: 20_000 },
})
