import { commands } from './commands/index.ts'
import { lostOutput } from './lost-output.ts'
import { run } from './run.ts'

const words = process.argv.slice(2)
// The disk is full, or a reader like `head` closed the pipe before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const line = lostOutput(commands, words, error)
  if (line !== null) console.error(line)
  process.exit(1)
})
process.exitCode = await run(commands, words)
