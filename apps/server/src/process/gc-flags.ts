import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Sets V8 flags that keep garbage collection pauses short on a machine with few busy cores. They apply to the
 * whole process, so the program that starts it calls this. The measurements are in
 * docs/decisions/0012-password-hashing-threads.md.
 */
export function setGcFlags(): void {
  // Parallel scavenges wait for helper threads, which do not run while hashes use all cores.
  v8.setFlagsFromString('--no-parallel-scavenge')
  // A young generation that does not grow keeps each collection small, and saves 70 MB while many users log
  // in.
  v8.setFlagsFromString('--semi-space-growth-factor=1')
}

/** Collects the garbage of the start, which V8 would keep until the server has work. */
export function collectStartGarbage(): void {
  v8.setFlagsFromString('--expose-gc')
  // The flag adds the function to new contexts only.
  runInNewContext('globalThis.gc?.()')
}
