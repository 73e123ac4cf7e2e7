// A check by the compiler, imported by no file: if Node's types leak into the contract, the lines below stop
// being errors and the build fails.

// @ts-expect-error The contract has no process.
export type NoProcess = typeof process

// @ts-expect-error The contract has no document.
export type NoDocument = typeof document
