import { configDefaults, defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'client-pack',
    exclude: [...configDefaults.exclude, ...(isQuick ? ['test/**'] : [])],
  },
})
