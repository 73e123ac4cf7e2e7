import { parseArgs } from 'node:util'
import type { ParseArgsOptionsConfig } from 'node:util'
import { WrongUse } from './command.ts'

/**
 * Parses options and exactly the named positionals; the optional ones may be missing.
 * @throws WrongUse in a sentence that never repeats a value: it may be a password in the wrong place
 */
export function parseArguments<const O extends ParseArgsOptionsConfig>(
  args: string[],
  {
    options,
    positionals: names,
    optionalPositionals = [],
  }: { options: O; positionals: readonly string[]; optionalPositionals?: readonly string[] },
) {
  const { values, positionals } = parse(args, options)
  const missing = names[positionals.length]
  if (missing !== undefined) throw new WrongUse(`The ${missing} is missing.`)
  if (positionals.length > names.length + optionalPositionals.length)
    throw new WrongUse('There are too many arguments.')
  return { values, positionals }
}

function parse<const O extends ParseArgsOptionsConfig>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // Node adds advice about positionals after the first sentence.
    throw new WrongUse(`${error.message.split('. ')[0]?.replace(/\.$/, '')}.`, { cause: error })
  }
}
