import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
// Sound: the flag creates this function.
const collectGarbage = runInNewContext('gc') as () => void

/** Collects garbage. @returns the bytes in use */
export function usedBytes(): number {
  collectGarbage()
  // The second collection frees the buffers that the first one found.
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
