import v8 from 'node:v8'

/**
 * Keeps the pauses of the garbage collector short on a machine whose few cores are busy. For the whole process, so whoever starts
 * it decides; the figures are in docs/decisions/0012-hashes-run-apart.md.
 */
export function setGcFlags(): void {
  // The collection of young objects would wait for helpers that a core with a hash on it does not let run.
  v8.setFlagsFromString('--no-parallel-scavenge')
  // Where young objects may not take more and more room, each collection is a small one, and the process 70 MB smaller in a storm.
  v8.setFlagsFromString('--semi-space-growth-factor=1')
}
