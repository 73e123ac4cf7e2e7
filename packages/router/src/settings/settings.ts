import { availableParallelism } from 'node:os'
import { textLimits } from '@app/contract'
import { product } from '@app/contract/product'
import { z } from 'zod'
import { databaseUrlProblem } from '../db/database-url.ts'
import type { SessionTimeouts } from '../features/sessions/index.ts'
import { duration, oneOf, readSettings, wholeNumber } from './env-schema.ts'
import type { Environment } from './env-schema.ts'

/** The settings of the accounts system, the same for every host. */
export interface AccountSettings {
  databaseUrl: string
  /** Newest first. Empty: one is created and stored beside the database. */
  authSecrets: string[]
  passwordHashCost: number
  passwordMin: number
  hashConcurrency: number
  hashQueue: number
  signup: 'open' | 'closed'
  directory: 'everyone' | 'admins'
  sessionTimeouts: SessionTimeouts
  limits: 'default' | 'relaxed'
  /** UTF-8 bytes of text that one account may keep in notes. */
  notesBytesPerAccount: number
  /** The maximum number of connections to PostgreSQL. */
  databasePool: { read: number; write: number }
}

/** Each message is the fix: it is printed after the setting's name. */
const shape = {
  DATABASE_URL: z
    .string()
    .superRefine((url, context) => {
      const problem = databaseUrlProblem(url)
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    })
    .default('file:data/app.db'),
  DATABASE_POOL_READ: wholeNumber(1, 1_000).default(10),
  DATABASE_POOL_WRITE: wholeNumber(1, 1_000).default(10),
  AUTH_SECRETS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((secret) => secret.trim()))
    .transform((list) => list.filter((secret) => secret !== ''))
    .refine((list) => list.every((secret) => Buffer.byteLength(secret) >= 32), {
      error:
        'must be secrets of at least 32 bytes, newest first, separated by commas. Make one: openssl rand -base64 33',
    })
    .refine((list) => list.every((secret) => !/^(["'`]).*\1$/.test(secret)), {
      error: 'must be written without quotes here: they would be part of the secret.',
    }),
  PASSWORD_HASH_COST: wholeNumber(4, 16).default(12),
  PASSWORD_MIN: wholeNumber(textLimits.password.min, 64).default(textLimits.password.min),
  HASH_CONCURRENCY: wholeNumber(1, 1_024).default(Math.max(1, availableParallelism() - 1)),
  HASH_QUEUE: wholeNumber(0, 10_000).default(32),
  SIGNUP: oneOf('open', 'closed').default(product.signup),
  DIRECTORY: oneOf('everyone', 'admins').default('everyone'),
  SESSION_IDLE_TIMEOUT: duration().default(3_600_000),
  SESSION_ABSOLUTE_TIMEOUT: duration().default(24 * 3_600_000),
  REMEMBERED_IDLE_TIMEOUT: duration().default(14 * 24 * 3_600_000),
  REMEMBERED_ABSOLUTE_TIMEOUT: duration().default(30 * 24 * 3_600_000),
  LIMITS: oneOf('default', 'relaxed').default('default'),
  NOTES_MB_PER_ACCOUNT: wholeNumber(1, 100_000).default(20),
}

/** The names of the variables that `readAccountSettings` reads. */
export const accountSettingNames = Object.keys(shape)

/** Returns the settings, or all problems with them: "NAME must be …". */
export function readAccountSettings(
  environment: Environment,
): { settings: AccountSettings; problems: [] } | { settings: null; problems: string[] } {
  const { values, problems } = readSettings(shape, environment)
  if (values === null) return { settings: null, problems }
  const sessionTimeouts = {
    idleMs: values.SESSION_IDLE_TIMEOUT,
    absoluteMs: values.SESSION_ABSOLUTE_TIMEOUT,
    rememberedIdleMs: values.REMEMBERED_IDLE_TIMEOUT,
    rememberedAbsoluteMs: values.REMEMBERED_ABSOLUTE_TIMEOUT,
  }
  const crossed = [
    ...(sessionTimeouts.idleMs > sessionTimeouts.absoluteMs
      ? ['SESSION_IDLE_TIMEOUT must not be longer than SESSION_ABSOLUTE_TIMEOUT.']
      : []),
    ...(sessionTimeouts.rememberedIdleMs > sessionTimeouts.rememberedAbsoluteMs
      ? ['REMEMBERED_IDLE_TIMEOUT must not be longer than REMEMBERED_ABSOLUTE_TIMEOUT.']
      : []),
  ]
  if (crossed.length > 0) return { settings: null, problems: crossed }
  return {
    problems: [],
    settings: {
      databaseUrl: values.DATABASE_URL,
      databasePool: { read: values.DATABASE_POOL_READ, write: values.DATABASE_POOL_WRITE },
      authSecrets: values.AUTH_SECRETS,
      passwordHashCost: values.PASSWORD_HASH_COST,
      passwordMin: values.PASSWORD_MIN,
      hashConcurrency: values.HASH_CONCURRENCY,
      hashQueue: values.HASH_QUEUE,
      signup: values.SIGNUP,
      directory: values.DIRECTORY,
      sessionTimeouts,
      limits: values.LIMITS,
      notesBytesPerAccount: values.NOTES_MB_PER_ACCOUNT * 1024 * 1024,
    },
  }
}
