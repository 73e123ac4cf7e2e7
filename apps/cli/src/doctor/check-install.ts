import {
  checkDatabase,
  checkMailServer,
  describeDatabase,
  fileModeProblems,
  privateFiles,
  repositoryRoot,
} from '@app/router'
import type { AccountSettings } from '@app/router'
import { readServerSettings } from '../read-settings.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const settingsFindings = findingsOf('settings')
const files = findingsOf('files')
const database = findingsOf('database')
const smtp = findingsOf('smtp')

export interface InstallReport {
  findings: Finding[]
  /** Where the settings say that the server is; null while they are wrong. */
  publicUrl: string | null
}

/** Checks the install that this command belongs to: its settings, files, database and mail server. */
export async function checkInstall(environment: NodeJS.ProcessEnv): Promise<InstallReport> {
  const { settings, problems, warnings } = readServerSettings(environment)
  const findings = [
    ...problems.map((problem) => settingsFindings.fail('A setting is wrong.', problem)),
    ...warnings.map((warning) => settingsFindings.warn('A setting or its file needs attention.', warning)),
  ]
  if (settings === null) return { findings, publicUrl: null }
  const { accounts, publicUrl } = settings
  return {
    publicUrl,
    findings: [
      ...(findings.length > 0 ? findings : [settingsFindings.ok('The settings are valid.')]),
      ...checkFiles(accounts),
      await checkDatabaseOf(accounts),
      await checkSmtp(accounts),
    ],
  }
}

function checkFiles(settings: AccountSettings): Finding[] {
  const problems = fileModeProblems(privateFiles(settings, repositoryRoot))
  return problems.length === 0
    ? [files.ok('Only this user can read and change the database and the secret.')]
    : problems.map(({ text, fix }) => files.fail(text, fix))
}

async function checkDatabaseOf({ databaseUrl }: AccountSettings): Promise<Finding> {
  const name = describeDatabase(databaseUrl, repositoryRoot)
  try {
    await checkDatabase(databaseUrl)
    return database.ok(`${name} answers and has all migrations.`)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return database.fail(`${name} cannot be used.`, problem)
  }
}

async function checkSmtp({ smtp: server }: AccountSettings): Promise<Finding> {
  if (server === null) return smtp.skipped('SMTP_URL is not set.')
  const delivery = await checkMailServer(server)
  if (delivery.status !== 'sent') return smtp.fail('The mail server cannot be used.', delivery.problem)
  return smtp.ok(`The mail server at ${server.host}:${server.port} accepts this machine. Nothing was sent.`)
}
