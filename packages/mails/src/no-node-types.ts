// A check by the compiler, imported by no file: browsers show the mails too. If Node's types leak into this
// package, the lines below stop being errors and the build fails.

// @ts-expect-error There is no process here.
export type NoProcess = typeof process

// @ts-expect-error There is no Buffer here.
export type NoBuffer = typeof Buffer
