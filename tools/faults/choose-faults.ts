import type { Fault } from '../house/asvs-rules.ts'

/**
 * Returns the faults that the arguments name: with `--some=3` every nth one, so that it is about three, and
 * otherwise those of the given requirements and chapters; all without arguments.
 *
 * @param commit with `--some` it decides with which fault to begin: a second run takes the same ones
 * @throws Error when no fault belongs to an argument, or `--some` has no commit
 */
export function chooseFaults(all: readonly Fault[], args: readonly string[], commit: string): Fault[] {
  const some = Number(/^--some=(\d+)$/.exec(args[0] ?? '')?.[1] ?? 0)
  if (some > 0) {
    const first = Number.parseInt(commit.slice(0, 8), 16)
    if (Number.isNaN(first)) throw new Error('--some needs a commit of git, which decides the faults.')
    const stride = Math.ceil(all.length / some)
    return all.filter((_, index) => index % stride === first % stride)
  }
  const isOf = ({ ids }: Fault, chapter: string) => ids.some((id) => `${id}.`.startsWith(`${chapter}.`))
  const unknown = args.filter((chapter) => !all.some((fault) => isOf(fault, chapter)))
  if (unknown.length > 0) throw new Error(`No fault belongs to ${unknown.join(', ')}.`)
  return all.filter((fault) => args.length === 0 || args.some((chapter) => isOf(fault, chapter)))
}
