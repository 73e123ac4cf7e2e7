export interface EnvFile {
  values: Record<string, string>
  /** Lines that are ambiguous, with their number: `.env line 3 …`. Values are not repeated. */
  problems: string[]
}

const quoted = /^(["'`])((?:(?!\1).)*)\1\s*(?:#.*)?$/
const assignment = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/

/**
 * Reads `NAME=value` lines. `export ` before a name, a byte order mark, any line break, and white space
 * around names and values are allowed. A value in quotes ends at the next such quote. Without quotes, `#`
 * after white space begins a comment. No escapes and no `$NAME`: the text between the quotes is the value.
 * @param file its name, for the problems
 */
export function parseEnvFile(text: string, file: string): EnvFile {
  const values: Record<string, string> = {}
  const problems: string[] = []
  const lineOf = new Map<string, number>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (const [index, line] of lines.entries()) {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) continue
    const at = `${file} line ${index + 1}`
    const [, name, written = ''] = assignment.exec(content) ?? []
    if (name === undefined) {
      problems.push(`${at} must be NAME=value, or begin with # as a comment.`)
      continue
    }
    const value = valueOf(written)
    const first = lineOf.get(name)
    if (value === undefined) problems.push(`${at} must close its quote: ${name} is one line.`)
    else if (first !== undefined) problems.push(`${at} must not set ${name} again, after line ${first}.`)
    else values[name] = value
    lineOf.set(name, index + 1)
  }
  return { values, problems }
}

/** @returns undefined when a quote is not closed, or text follows it */
function valueOf(written: string): string | undefined {
  if (/^["'`]/.test(written)) return quoted.exec(written)?.[2]
  return written.replace(/(?:^|\s+)#.*$/, '')
}
