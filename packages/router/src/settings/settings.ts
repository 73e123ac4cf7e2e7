import { availableParallelism } from 'node:os'
import { streamLimits, textLimits } from '@app/contract'
import { product } from '@app/contract/product'
import { z } from 'zod'
import { databaseUrlProblem } from '../db/database-url.ts'
import type { SessionTimeouts } from '../features/sessions/index.ts'
import { duration, oneOf, readSettings, serviceUrl, wholeNumber } from './env-schema.ts'
import type { Environment } from './env-schema.ts'
import { mailProblems, mailShape } from './mail-settings.ts'
import type { MailSender } from './mail-settings.ts'
import { readProviders } from './provider-settings.ts'
import type { ProviderSettings } from './provider-settings.ts'
import type { SmtpServer } from './smtp-url.ts'

/** The settings of the accounts system, the same for every host. */
export interface AccountSettings {
  databaseUrl: string
  /** Newest first. Empty: one is created and stored beside the database. */
  authSecrets: string[]
  passwordHashCost: number
  passwordMin: number
  /** The range service that is asked about new passwords; null with BREACH_CHECK=off. */
  breachCheckUrl: string | null
  hashConcurrency: number
  hashQueue: number
  signup: 'open' | 'invite' | 'closed'
  /** Who may log in by password. `admins`: other users need a passkey or an outside identity. */
  passwordLogin: 'on' | 'off' | 'admins'
  /** `required`: calls of admins need a session at level 2. */
  adminSecondFactor: 'required' | 'optional'
  /** Whether access tokens of admins may do what only admins may. */
  adminTokens: 'on' | 'off'
  /** How long a requested reset of second factors waits, in milliseconds. */
  factorResetDelayMs: number
  /** Outside identities that users can log in with, in the order of their names. */
  providers: ProviderSettings[]
  /** `github`: new users of GitHub get its login as user name, and cannot choose one. */
  usernameFrom: 'user' | 'github'
  directory: 'everyone' | 'admins'
  sessionTimeouts: SessionTimeouts
  limits: 'default' | 'relaxed'
  /** The maximum of open event streams in this process. */
  eventStreams: number
  /** The address of the Redis server where processes share limits. Null: each process counts alone. */
  limitsStore: string | null
  /** UTF-8 bytes of text that one account may keep in notes. */
  notesBytesPerAccount: number
  /** The maximum number of connections to PostgreSQL. */
  databasePool: { read: number; write: number }
  /** Null: no mail is sent. */
  smtp: SmtpServer | null
  /** Set if `smtp` is. */
  mailFrom: MailSender | null
  /** An https or mailto address, or a text, for users who need a person: "Ask …". */
  supportContact: string | null
  /** `security`: only mails that a user asked for or that warn of a change of the account. */
  mailNotices: 'all' | 'security'
}

const pwnedPasswords = 'https://api.pwnedpasswords.com/range/'

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
  BREACH_CHECK: oneOf('off', 'online').default('off'),
  BREACH_CHECK_URL: serviceUrl(pwnedPasswords).default(pwnedPasswords),
  HASH_CONCURRENCY: wholeNumber(1, 1_024).default(Math.max(1, availableParallelism() - 1)),
  HASH_QUEUE: wholeNumber(0, 10_000).default(32),
  SIGNUP: oneOf('open', 'invite', 'closed').default(product.signup),
  PASSWORD_LOGIN: oneOf('on', 'off', 'admins').default('on'),
  ADMIN_SECOND_FACTOR: oneOf('required', 'optional').default('optional'),
  ADMIN_TOKENS: oneOf('on', 'off').default('off'),
  FACTOR_RESET_DELAY: duration('0s', '30d').default(24 * 3_600_000),
  USERNAME_FROM: oneOf('user', 'github').default('user'),
  DIRECTORY: oneOf('everyone', 'admins').default('everyone'),
  SESSION_IDLE_TIMEOUT: duration().default(3_600_000),
  SESSION_ABSOLUTE_TIMEOUT: duration().default(24 * 3_600_000),
  REMEMBERED_IDLE_TIMEOUT: duration().default(14 * 24 * 3_600_000),
  REMEMBERED_ABSOLUTE_TIMEOUT: duration().default(30 * 24 * 3_600_000),
  LIMITS: oneOf('default', 'relaxed').default('default'),
  EVENT_STREAMS: wholeNumber(100, 100_000).default(streamLimits.process),
  LIMITS_STORE: z
    .string()
    .refine((text) => text === 'memory' || isRedisUrl(text), {
      error: 'must be memory, or the address of a Redis server: redis://user:password@redis.example.org:6379',
    })
    .transform((text) => (text === 'memory' ? null : text))
    .default(null),
  NOTES_MB_PER_ACCOUNT: wholeNumber(1, 100_000).default(20),
  ...mailShape,
}

/** The names of the variables that `readAccountSettings` reads. */
export const accountSettingNames = Object.keys(shape)

/** Returns the settings, or all problems with them: "NAME must be …". */
export function readAccountSettings(
  environment: Environment,
): { settings: AccountSettings; problems: [] } | { settings: null; problems: string[] } {
  const { values, problems } = readSettings(shape, environment)
  const { providers, problems: providerProblems } = readProviders(environment)
  if (values === null) return { settings: null, problems: [...problems, ...providerProblems] }
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
    ...mailProblems(values),
    ...providerProblems,
    ...(values.USERNAME_FROM === 'github' && !providers.some(({ name }) => name === 'github')
      ? ['USERNAME_FROM needs a valid OIDC_GITHUB_CLIENT_ID and OIDC_GITHUB_CLIENT_SECRET.']
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
      breachCheckUrl: values.BREACH_CHECK === 'online' ? values.BREACH_CHECK_URL : null,
      hashConcurrency: values.HASH_CONCURRENCY,
      hashQueue: values.HASH_QUEUE,
      signup: values.SIGNUP,
      passwordLogin: values.PASSWORD_LOGIN,
      adminSecondFactor: values.ADMIN_SECOND_FACTOR,
      adminTokens: values.ADMIN_TOKENS,
      factorResetDelayMs: values.FACTOR_RESET_DELAY,
      providers,
      usernameFrom: values.USERNAME_FROM,
      directory: values.DIRECTORY,
      sessionTimeouts,
      limits: values.LIMITS,
      eventStreams: values.EVENT_STREAMS,
      limitsStore: values.LIMITS_STORE,
      notesBytesPerAccount: values.NOTES_MB_PER_ACCOUNT * 1024 * 1024,
      smtp: values.SMTP_URL,
      mailFrom: values.MAIL_FROM,
      supportContact: values.SUPPORT_CONTACT,
      mailNotices: values.MAIL_NOTICES,
    },
  }
}

function isRedisUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== ''
}
