import { accountSettingNames, readAccountSettings, readSettings } from '@app/router'
import type { Environment } from '@app/router'
import { exposureProblems, isExposed } from './exposure.ts'
import { hostSettings } from './host-settings.ts'
import type { Config } from './host-settings.ts'

export type { Config }

/** The names of the variables that `readConfig` reads. */
export const settingNames = [...Object.keys(hostSettings), ...accountSettingNames]

type Reading = { config: Config; problems: [] } | { config: null; problems: string[] }

/** Returns the settings, or all problems with them, one line each with its fix. */
export function readConfig(environment: Environment): Reading {
  const { config, problems } = readEach(environment)
  if (config !== null) {
    const crossed = [...portProblems(config), ...exposureProblems(config)]
    return crossed.length === 0 ? { config, problems: [] } : { config: null, problems: crossed }
  }
  // Settings are also checked together, as if the invalid ones were not set, so that one start shows all
  // problems.
  const bad = new Set(problems.map(settingOf))
  const rest = Object.entries(environment).filter(([name]) => !bad.has(name))
  // A default may contradict another setting, and cannot be left out.
  if (rest.length === Object.keys(environment).length) return { config: null, problems }
  const others = readConfig(Object.fromEntries(rest)).problems
  // The default of an invalid PORT says nothing about another port.
  const isFalse = (problem: string) =>
    bad.has(settingOf(problem)) || (bad.has('PORT') && problem === equalPorts)
  return { config: null, problems: [...problems, ...others.filter((problem) => !isFalse(problem))] }
}

/** Long enough for a load balancer that checks every two seconds to see `/readyz` fail twice. */
const exposedDrainDelayMs = 5_000

const equalPorts = 'METRICS_PORT must differ from PORT.'

/** The message of the system about a port in use would blame another program. */
function portProblems({ port, metricsPort }: Config): string[] {
  return port !== 0 && port === metricsPort ? [equalPorts] : []
}

/** Every problem begins with the name of its setting. */
function settingOf(problem: string): string {
  return problem.slice(0, problem.indexOf(' '))
}

function readEach(environment: Environment): Reading {
  const host = readSettings(hostSettings, environment)
  const account = readAccountSettings(environment)
  if (host.values === null || account.settings === null) {
    return { config: null, problems: [...host.problems, ...account.problems] }
  }
  const { values } = host
  const addresses = { host: values.HOST, publicUrl: values.PUBLIC_URL, trustProxy: values.TRUST_PROXY }
  return {
    problems: [],
    config: {
      port: values.PORT,
      ...addresses,
      allowedOrigins: values.ALLOWED_ORIGINS,
      allowedHosts: values.ALLOWED_HOSTS,
      cookieSameSite: values.COOKIE_SAMESITE,
      proxyAddresses: values.PROXY_ADDRESSES,
      securityContact: values.SECURITY_CONTACT,
      servesApiDocs: values.OPENAPI === 'on',
      metricsPort: values.METRICS_PORT,
      keepAliveMs: values.KEEP_ALIVE_TIMEOUT,
      drainDelayMs: values.DRAIN_DELAY ?? (isExposed(addresses) ? exposedDrainDelayMs : 0),
      logLevel: values.LOG_LEVEL,
      accounts: account.settings,
    },
  }
}
