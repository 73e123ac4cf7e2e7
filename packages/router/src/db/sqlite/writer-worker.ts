// The worker of WriterWorkerClient: one connection that writes. Commits wait for the disk here instead of on
// the thread that serves requests.
import type { QueryResult } from 'kysely'
import { answerRequests, workerOptions } from '../../ports/worker-messages.ts'
import { isBusy } from './sqlite-error.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import type { ConnectionOptions } from './sqlite-handle.ts'
import type { Batch } from './writer-handle.ts'
import { toProblem } from './writer-messages.ts'
import type { WriterAnswer } from './writer-messages.ts'

// Sound: writer-worker-client.ts starts this file with these options.
const handle = new SqliteHandle(workerOptions as ConnectionOptions)
answerRequests(answerOf, () => handle.close())

function answerOf(batch: Batch): WriterAnswer {
  try {
    return { result: runWhileBusy(batch) }
  } catch (error) {
    return { problem: toProblem(error) }
  } finally {
    if (batch.ends !== undefined) unlockedSince = performance.now()
  }
}

/** How long a batch waits here for the lock of another process; the main thread then checks its deadline. */
const patienceMs = 20
const pollMs = 0.25
/** How long this process keeps the lock from others. Shorter than their patience. */
const turnMs = 15
/** How long it then leaves the lock. Longer than `pollMs`. */
const pauseMs = 0.4
/** More than between two queued writers. A writer that begins later has given others a chance. */
const gapMs = 0.04
const sleeping = new Int32Array(new SharedArrayBuffer(4))
let turnBegan = 0
let unlockedSince = 0

/**
 * Lets other processes write. Between two queued writers of this one the lock is free for some microseconds,
 * in which they hardly ever try.
 */
function pauseAfterTurn(): void {
  const now = performance.now()
  if (now - unlockedSince < gapMs) {
    if (now - turnBegan < turnMs) return
    Atomics.wait(sleeping, 0, 0, pauseMs)
  }
  turnBegan = performance.now()
}

/** Tries often, because another process leaves the lock only for a moment while its writers queue. */
function runWhileBusy(batch: Batch): QueryResult<unknown> {
  if (batch.begins) pauseAfterTurn()
  const givesUpAt = performance.now() + patienceMs
  for (;;) {
    try {
      return handle.run(batch)
    } catch (error) {
      if (!batch.begins || !isBusy(error) || performance.now() > givesUpAt) throw error
    }
    Atomics.wait(sleeping, 0, 0, pollMs)
    // The wait was the turn of another process.
    turnBegan = performance.now()
  }
}
