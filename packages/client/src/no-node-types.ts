// A check by the compiler, imported by no file: if Node's types leak into code for browsers, the lines below
// stop being errors and the build fails.

// @ts-expect-error A browser has no process.
export type NoProcess = typeof process

// @ts-expect-error A browser has no Buffer.
export type NoBuffer = typeof Buffer
