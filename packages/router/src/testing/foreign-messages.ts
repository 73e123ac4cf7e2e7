/**
 * Messages that the parent of a worker may get besides the worker's responses. Node posts the first under
 * `node --watch`.
 */
export const foreignMessages: readonly unknown[] = [
  { 'watch:import': ['file:///worker.ts'] },
  null,
  'ok',
  { id: -1, matches: false, isOpen: false },
]
