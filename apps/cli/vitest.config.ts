import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: { ...vitestBase, name: 'cli', globalSetup: '@app/router/testing/run-of-tests' },
})
