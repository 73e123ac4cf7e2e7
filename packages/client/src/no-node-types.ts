// A check by the compiler, imported by no file: if Node's types leak into code for browsers, the line below
// stops being an error and the build fails.

// @ts-expect-error A browser has no process.
export type NoProcess = typeof process
