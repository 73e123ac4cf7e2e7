import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
// Sound: the flag makes this function.
const collectGarbage = runInNewContext('gc') as () => void

/** Returns how many bytes are in use after all garbage was collected. */
export function usedBytes(): number {
  collectGarbage()
  // The buffers that the first collection found are given back by the next one.
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
