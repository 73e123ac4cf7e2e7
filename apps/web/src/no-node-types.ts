// A check by the compiler, imported by no file. If Node's types become visible to the browser's program, the
// line below is no longer an error, and the type check fails.

// @ts-expect-error A browser has no process.
export type NoProcess = typeof process
