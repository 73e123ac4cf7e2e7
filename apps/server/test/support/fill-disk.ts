import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Writes to a file until its disk is full. */
export function fillDisk(file: string): void {
  const piece = Buffer.alloc(4_096)
  const writeOn = () => {
    for (;;) writeFileSync(file, piece, { flag: 'a' })
  }
  expect(writeOn).toThrow('ENOSPC')
}
