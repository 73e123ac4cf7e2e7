import { configDefaults, defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'router',
    globalSetup: 'src/testing/run-of-tests.ts',
    exclude: [
      ...configDefaults.exclude,
      ...(isQuick
        ? [
            'src/db/{serial-execution,sqlite/sqlite-locks,sqlite/writer-worker-client}.test.ts',
            'src/features/mail/smtp-failures.test.ts',
          ]
        : []),
    ],
  },
})
