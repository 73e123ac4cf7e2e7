// A check by the compiler, imported by nothing. If Node's types become visible to the browser's program, the
// lines below are no longer errors, and the type check fails.

// @ts-expect-error A browser has no process.
export type NoProcess = typeof process

// @ts-expect-error A browser has no Buffer.
export type NoBuffer = typeof Buffer
