import type { Finding } from '../../src/doctor/finding.ts'
import { runCommand } from '../run-command.ts'

export interface Diagnosis {
  code: number | null
  /** The findings by check; the first of each. */
  of(check: string): Finding | undefined
  /** The names of the checks with a status. */
  with(status: Finding['status']): string[]
}

/** Runs the doctor as scripts do. */
export async function diagnose(
  words: string[],
  environment: Record<string, string> = {},
  url?: string,
): Promise<Diagnosis> {
  const surroundings = { environment, ...(url === undefined ? {} : { url }) }
  const { code, stdout } = await runCommand(['doctor', '--json', ...words], surroundings)
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] }
  if (ok !== (code === 0)) throw new Error(`exit code ${code} and ok ${ok}`)
  return {
    code,
    of: (check) => findings.find((finding) => finding.check === check),
    with: (status) => findings.filter((finding) => finding.status === status).map(({ check }) => check),
  }
}
