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
            'src/db/{migrate,serial-execution}.test.ts',
            'src/db/sqlite/{file-damage,sqlite-locks,writer-worker,writer-worker-client}.test.ts',
            'src/features/{mail/smtp-failures,passwords/hash-worker-client}.test.ts',
            'src/{rate-limits/shared-limits,testing/many-users/fill-tables,tls-clients}.test.ts',
          ]
        : []),
    ],
  },
})
