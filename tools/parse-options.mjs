import { parseArgs } from 'node:util'

/**
 * Parses the arguments of a command. With `--help` it prints the usage and ends the process.
 *
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @param {string} usage
 * @returns {ReturnType<typeof parseArgs<T>>}
 * @throws with the usage after what is wrong
 */
export function parseOptions(config, usage) {
  if ((config.args ?? process.argv.slice(2)).includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    // Node adds advice about positionals after the first sentence.
    const [problem] = String(error instanceof Error ? error.message : error).split('. ')
    throw new Error(`${problem}.\n${usage}`, { cause: error })
  }
}
