import { z } from 'zod'
import type { Environment } from './env-schema.ts'
import { isLoopback } from './exposure.ts'

/** A provider of outside identities, as the operator registered this installation with it. */
export interface ProviderSettings {
  /** In paths and in the database: lower case. */
  name: string
  /** What buttons call it. */
  label: string
  /** `github`: OAuth 2 without ID tokens, as GitHub and GitHub Enterprise Server have it. */
  protocol: 'oidc' | 'github'
  /** The issuer of OpenID Connect, or the address of GitHub, without a final slash that was not set. */
  issuer: string
  clientId: string
  clientSecret: string
}

const presets: Partial<Record<string, Pick<ProviderSettings, 'issuer' | 'label' | 'protocol'>>> = {
  github: { issuer: 'https://github.com', label: 'GitHub', protocol: 'github' },
  google: { issuer: 'https://accounts.google.com', label: 'Google', protocol: 'oidc' },
}

const parts = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'LABEL'] as const

/** The names of the settings of a provider. */
const settingForm = /^OIDC_([A-Z0-9]{1,20})_(?:ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL)$/

const maxProviders = 10

/** Checks whether a variable is a setting of a provider, whose name the operator chose. */
export function isProviderSetting(name: string): boolean {
  return settingForm.test(name)
}

/** Lists the settings that a misspelled name may have meant: those of the provider in it. */
export function providerSettingsLike(name: string): string[] {
  const provider = /^OIDC_([A-Z0-9]{1,20})_/.exec(name.toUpperCase())?.[1]
  return provider === undefined ? [] : parts.map((part) => `OIDC_${provider}_${part}`)
}

/**
 * Reads `OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` and `_LABEL`, in the order of names. GitHub and
 * Google need no issuer.
 * @returns all problems, each with the name of its setting and the fix. They contain no secret.
 */
export function readProviders(environment: Environment): {
  providers: ProviderSettings[]
  problems: string[]
} {
  const given = new Map<string, Map<string, string>>()
  for (const [setting, value = ''] of Object.entries(environment)) {
    const name = settingForm.exec(setting)?.[1]
    if (name === undefined || value.trim() === '') continue
    const values = given.get(name) ?? new Map<string, string>()
    given.set(name, values.set(setting.slice(`OIDC_${name}_`.length), value.trim()))
  }
  const names = [...given.keys()].toSorted()
  const read = names.map((name) => readProvider(name, given.get(name) ?? new Map()))
  const providers = read.flatMap(({ provider }) => (provider === null ? [] : [provider]))
  const problems = [...read.flatMap((each) => each.problems), ...sharedIssuers(providers)]
  if (names.length > maxProviders) {
    problems.push(
      `OIDC_${names.at(-1)}_ISSUER must be removed: at most ${maxProviders} providers are allowed.`,
    )
  }
  return { providers, problems }
}

function readProvider(
  upperName: string,
  values: ReadonlyMap<string, string>,
): { provider: ProviderSettings | null; problems: string[] } {
  const name = upperName.toLowerCase()
  const preset = presets[name]
  const shape = z.object({
    ISSUER: z
      .string('must be set to the address of the provider: https://login.example.org')
      .refine(isIssuer, 'must be an https address without query, as the provider spells it.')
      .transform((url) => (preset?.protocol === 'github' ? url.replace(/\/$/, '') : url)),
    CLIENT_ID: z
      .string('must be set to the client id that the provider issued.')
      .regex(/^[!-~]{1,300}$/, 'must be the client id that the provider issued, without spaces.'),
    CLIENT_SECRET: z
      .string('must be set to the client secret that the provider issued.')
      .regex(/^[!-~]{1,1000}$/, 'must be the client secret that the provider issued, without spaces.'),
    LABEL: z
      .string()
      .refine(
        (label) => label.length <= 40 && !/\p{C}/u.test(label),
        'must be a text of at most 40 characters.',
      ),
  })
  const parsed = shape.safeParse({
    ISSUER: preset?.issuer,
    LABEL: preset?.label ?? `${upperName.charAt(0)}${name.slice(1)}`,
    ...Object.fromEntries(values),
  })
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `OIDC_${upperName}_${path.join('.')} ${message}`,
    )
    return { provider: null, problems }
  }
  const { ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, LABEL: label } = parsed.data
  const protocol = preset?.protocol ?? 'oidc'
  return { provider: { name, label, protocol, issuer, clientId, clientSecret }, problems: [] }
}

/** Identities are told apart by their issuer, so each belongs to one provider. */
function sharedIssuers(providers: readonly ProviderSettings[]): string[] {
  return providers
    .filter(({ issuer }, index) => providers.findIndex((other) => other.issuer === issuer) < index)
    .map(
      ({ name }) => `OIDC_${name.toUpperCase()}_ISSUER must differ from the issuer of every other provider.`,
    )
}

/** OpenID Connect Discovery 1.0 section 3: no query and no fragment. http is for this machine only. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || text.length > 300) return false
  if (url.href !== `${url.origin}${url.pathname}` || ![text, `${text}/`].includes(url.href)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
