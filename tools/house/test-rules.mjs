import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./read-house.mjs').House} House */

const testFiles =
  /^(?:apps|bench|examples|packages)\/.*(?:\/(?:test|e2e)\/.*\.ts|\.test\.tsx?)$|^bench\/src\//
const spelledOut = /auth\.signup(?:\.mutate\(|', )\{/g

/**
 * A sign-up spelled out in a test breaks when a field becomes required. `@ts-expect-error` tests of types are
 * the exception.
 *
 * @param {House} house
 */
function testsSignUpThroughTheFactory({ root, files }) {
  return files
    .filter((file) => testFiles.test(file) && !file.endsWith('/types.test.ts'))
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(spelledOut)].map(
        () => `${file}: spells a sign-up out; use signupInput of @app/contract/testing`,
      ),
    )
}

export const testRules = [testsSignUpThroughTheFactory]
