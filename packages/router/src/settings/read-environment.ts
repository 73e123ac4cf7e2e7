import { readFileSync } from 'node:fs'
import path from 'node:path'
import { reasonOf } from '../error-code.ts'
import type { Environment } from './env-schema.ts'
import { isOpenToOthers } from './file-modes.ts'
import { parseEnvFile } from './parse-env-file.ts'
import type { EnvFile } from './parse-env-file.ts'
import { isProviderSetting, providerSettingsLike } from './provider-settings.ts'
import { similarSetting } from './similar-setting.ts'

export interface EnvironmentReading {
  environment: Environment
  /** Mistakes in the file that must be corrected before anything starts, each with its fix. */
  problems: string[]
  /**
   * Names that are no setting and resemble one, which other programs may own, and a file that other users can
   * read.
   */
  warnings: string[]
}

/**
 * Reads the variables of this process, and those of a file that the process does not set: `.env` in `folder`
 * if it exists, or the file that ENV_FILE names. A variable that is empty or white space counts as not set,
 * so the file's value is used.
 * @param settings the names that are read: a name that resembles one of them is reported
 */
export function readEnvironment(
  folder: string,
  process: Environment,
  settings: readonly string[],
): EnvironmentReading {
  const named = process['ENV_FILE'] || undefined
  const fileName = named ?? '.env'
  const file = path.resolve(folder, fileName)
  const { values, problems } = readEnvFile(file, fileName, named !== undefined)
  const set = Object.fromEntries(Object.entries(process).filter(([, value]) => value?.trim() !== ''))
  const known = new Set(settings)
  const isOurs = (name: string) => known.has(name) || isProviderSetting(name)
  const families = new Set([...settings.map(familyOf), 'OIDC_'])
  const similar = (name: string) => similarSetting(name, [...settings, ...providerSettingsLike(name)])
  const misspelt = (names: string[]) =>
    names.flatMap((name) => {
      const meant = isOurs(name) ? undefined : similar(name)
      return meant === undefined ? [] : [{ name: visible(name), meant }]
    })
  return {
    environment: { ...values, ...set },
    problems: [
      ...problems,
      ...misspelt(Object.keys(values)).map(
        ({ name, meant }) => `${fileName} must not set ${name}, which is no setting. Rename it: ${meant}.`,
      ),
    ],
    warnings: [
      ...(containsSecrets(values) && isOpenToOthers(file)
        ? [`Other users can read ${file}, which contains secrets. Run: chmod 600 ${file}`]
        : []),
      ...misspelt(Object.keys(set)).map(
        ({ name, meant }) =>
          `The variable ${name} is no setting and has no effect. Is it meant to be ${meant}?`,
      ),
      ...Object.keys(values)
        .filter((name) => !isOurs(name) && families.has(familyOf(name)))
        .filter((name) => similar(name) === undefined)
        .map((name) => `${fileName} sets ${name}, which is no setting and has no effect.`),
    ],
  }
}

function containsSecrets(values: Environment): boolean {
  const { AUTH_SECRETS, DATABASE_URL, SMTP_URL, LIMITS_STORE } = values
  const urls = [DATABASE_URL, SMTP_URL, LIMITS_STORE]
  const hasClientSecret = Object.entries(values).some(
    ([name, value]) => isProviderSetting(name) && name.endsWith('_SECRET') && value !== '',
  )
  return (
    hasClientSecret ||
    (AUTH_SECRETS ?? '') !== '' ||
    urls.some((url) => /:\/\/[^/@]*:[^/@]+@|[?&]password=[^&]/.test(url ?? ''))
  )
}

/** Returns `SESSION_` for `SESSION_IDLE_TIMEOUT`; the whole name if it is one word. */
function familyOf(name: string): string {
  return /^[^_]+_/.exec(name)?.[0] ?? name
}

/**
 * Makes characters visible that a terminal hides, like the byte order mark that Docker may leave before a
 * name.
 */
function visible(name: string): string {
  return name.replaceAll(/[^!-~]/g, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function readEnvFile(file: string, fileName: string, mustExist: boolean): EnvFile {
  try {
    return parseEnvFile(decode(readFileSync(file)), fileName)
  } catch (error) {
    const code = reasonOf(error)
    if (code === 'ENOENT' && !mustExist) return { values: {}, problems: [] }
    const fix =
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'must be UTF-8 text. Save it again in this encoding.'
        : `must be a file that this user can read (${code}).`
    return { values: {}, problems: [`${file} ${fix}`] }
  }
}

/**
 * Decodes UTF-8 and rejects UTF-16, which has a zero byte beside every ASCII letter and which some editors
 * call Unicode.
 */
function decode(bytes: Buffer): string {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  if (!text.includes('\0')) return text
  throw Object.assign(new Error('UTF-16'), { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' })
}
