import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: { ...vitestBase, name: 'router', globalSetup: 'src/testing/run-of-tests.ts' },
})
