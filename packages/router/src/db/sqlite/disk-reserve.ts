import { randomFillSync } from 'node:crypto'
import { statfsSync, statSync, unlinkSync } from 'node:fs'
import { open, statfs } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../../error-code.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'

const pieceBytes = 1024 * 1024
const largestBytes = 16 * pieceBytes
/** How long to wait before writing a reserve again that could not be written, as under a quota. */
const retryMs = 10_000

/** Returns the size of the reserve on the disk of this folder: 16 MB, or an eighth of a smaller disk. */
export function reserveBytes(folder: string): number {
  const { blocks, bsize } = statfsSync(folder)
  return Math.min(largestBytes, Math.floor((blocks * bsize) / 8))
}

/**
 * Keeps a file beside the database that reserves space. On a full disk it is removed, so that log-ins,
 * log-outs, revocations and removals still work; other writes are rejected until there is room to create it
 * again.
 */
export class DiskReserve {
  readonly #database: string
  readonly #file: string
  readonly #bytes: number
  #isSpent = false
  #filling: Promise<void> | undefined
  #retryAt = 0

  /** @param bytes 0: no reserve */
  constructor(database: string, bytes: number) {
    this.#database = database
    this.#file = `${database}-reserve`
    this.#bytes = bytes
  }

  get isSpent(): boolean {
    return this.#isSpent
  }

  /** Creates the file unless it exists. */
  fill(): Promise<void> {
    this.#filling ??= this.#write().finally(() => {
      this.#filling = undefined
    })
    return this.#filling
  }

  /** Removes the file. @returns whether there may be more room now than before */
  spend(): boolean {
    const wasSpent = this.#isSpent
    this.#isSpent = this.#bytes > 0
    try {
      unlinkSync(this.#file)
      return true
    } catch {
      // Another process may have removed it.
      return !wasSpent
    }
  }

  /**
   * Creates the file again when there is room.
   * @throws DatabaseUnavailable while there is none
   */
  async assertKept(): Promise<void> {
    if (!this.#isSpent) return
    await this.fill()
    if (!this.#isSpent) return
    throw new DatabaseUnavailable(
      `The disk of ${this.#database} is full. Until there is room for its reserve (${this.#bytes} bytes and a quarter more) only log-ins, log-outs, revocations and removals are written.`,
    )
  }

  async close(): Promise<void> {
    await this.#filling
  }

  async #write(): Promise<void> {
    if (this.#bytes === 0 || performance.now() < this.#retryAt) return
    try {
      if (!isWhole(this.#file, this.#bytes)) {
        const { bavail, bsize } = await statfs(path.dirname(this.#file))
        this.#isSpent = bavail * bsize < this.#bytes * 1.25
        if (this.#isSpent) return
        await writePieces(this.#file, this.#bytes)
      }
      this.#isSpent = false
    } catch (error) {
      this.#retryAt = performance.now() + retryMs
      // A part of the file would be useless and takes space.
      this.spend()
      this.#isSpent = isNoSpace(error)
    }
  }
}

/** Checks that the file has its size on the disk, and is not sparse. */
function isWhole(file: string, bytes: number): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && found.size >= bytes && found.blocks * 512 >= bytes
}

/** Writes random bytes, which no file system compresses or deduplicates. */
async function writePieces(file: string, bytes: number): Promise<void> {
  const piece = randomFillSync(Buffer.alloc(Math.min(pieceBytes, bytes)))
  const handle = await open(file, 'w', 0o600)
  try {
    for (let written = 0; written < bytes; written += piece.length) {
      await handle.write(piece, 0, Math.min(piece.length, bytes - written))
    }
  } finally {
    await handle.close()
  }
}

function isNoSpace(error: unknown): boolean {
  return /^(ENOSPC|EDQUOT)$/.test(errorCode(error) ?? '')
}
