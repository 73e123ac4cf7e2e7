// A check by the compiler, imported by no file: browsers show the mails too. If Node's types leak into this
// package, the line below stops being an error and the build fails.

// @ts-expect-error There is no process here.
export type NoProcess = typeof process
