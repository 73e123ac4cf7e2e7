import { testApp } from '@app/server/testing'
import type { TestApp, TestAppOptions } from '@app/server/testing'

/**
 * Starts a server whose clock runs, because the doctor compares it with that of this machine.
 * @param offsetMs by how much it is ahead
 */
export function runningApp(options: TestAppOptions = {}, offsetMs = 0): Promise<TestApp> {
  const machineClock = { wall: () => Date.now() + offsetMs, monotonic: () => performance.now() }
  return testApp({ ...options, machineClock })
}
