import { commands } from './commands/index.ts'
import { run } from './run.ts'

// A reader like `head` closes the pipe before the end.
process.stdout.on('error', () => process.exit(1))
process.exitCode = await run(commands, process.argv.slice(2))
