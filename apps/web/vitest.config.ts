import { configDefaults, defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'web',
    // Vite builds the app in these.
    exclude: [...configDefaults.exclude, ...(isQuick ? ['{src/bundle,test/clean-path}.test.ts'] : [])],
  },
})
