import { defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    // Other processes, many racers, and what tries all of one kind: for the whole run.
    exclude: isQuick
      ? [
          'test/model/**',
          'test/{faults,large,long,prying,races,rolling,slow}-*',
          'test/{access-matrix,common-failures,dev,ended-meanwhile,hash-threads,starting,stopping,two-processes,watching}.test.ts',
        ]
      : [],
    globalSetup: '@app/router/testing/run-of-tests',
    setupFiles: ['test/watch-answers.ts'],
    expect: { poll: { timeout: 50_000 } },
  },
})
