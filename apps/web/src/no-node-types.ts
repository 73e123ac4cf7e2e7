// A proof for the compiler, imported by nothing: if Node's types ever leak into the browser's program, the
// lines below stop being errors and the build fails.

// @ts-expect-error A browser has no process.
export type NoProcess = typeof process

// @ts-expect-error A browser has no Buffer.
export type NoBuffer = typeof Buffer
