/**
 * What may reach the parent of a worker besides the answers of the worker. Node posts the first under `node
 * --watch`.
 */
export const foreignMessages: readonly unknown[] = [
  { 'watch:import': ['file:///worker.ts'] },
  null,
  'ok',
  { id: -1, matches: false, isOpen: false },
]
