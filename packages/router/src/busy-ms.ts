// The global `performance` has the types of the browser where a program compiles with those of the DOM.
import { performance as ofNode } from 'node:perf_hooks'

/** Returns for how many milliseconds the event loop of this thread has been busy. */
export const busyMsOfThread = (): number => ofNode.eventLoopUtilization().active
