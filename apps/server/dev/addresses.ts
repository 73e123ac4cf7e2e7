import { addressSettings, origin, readSettings, wholeNumber } from '@app/router'
import type { Environment } from '@app/router'

const { PORT, HOST, PUBLIC_URL } = addressSettings

/** Each message is the fix, and is printed after the name of the setting. */
const shape = {
  PORT,
  HOST,
  PUBLIC_URL,
  WEB_PORT: wholeNumber(1, 65_535).default(5173),
  API_URL: origin('must be the address of a server, without a path: http://localhost:8087')
    .nullable()
    .default(null),
}

/** The settings that determine the addresses of `npm run dev`. */
export const devSettings = Object.keys(shape)

export interface DevAddresses {
  /** Port of the server. */
  PORT: string
  /** Address on which the server listens. */
  HOST: string
  /** Port of Vite. */
  WEB_PORT: string
  /** Address to which Vite forwards the calls of its pages. */
  API_URL: string
  /** Origin that Vite sends with these calls. */
  API_ORIGIN: string
}

type Reading = { addresses: DevAddresses; problems: [] } | { addresses: null; problems: string[] }

/** Returns the addresses as the server reads them, or all problems with the settings. */
export function readDevAddresses(environment: Environment): Reading {
  const { values, problems } = readSettings(shape, environment)
  if (values === null) return { addresses: null, problems }
  const port = String(values.PORT)
  const apiUrl = values.API_URL ?? `http://${reachableHost(values.HOST)}:${port}`
  const crossed = [
    ...(values.WEB_PORT === values.PORT ? ['WEB_PORT must differ from PORT.'] : []),
    ...(URL.canParse(apiUrl)
      ? []
      : [`API_URL must be set, because no URL can have the HOST ${values.HOST}.`]),
  ]
  if (crossed.length > 0) return { addresses: null, problems: crossed }
  return {
    problems: [],
    addresses: {
      PORT: port,
      HOST: values.HOST,
      WEB_PORT: String(values.WEB_PORT),
      API_URL: apiUrl,
      API_ORIGIN: values.API_URL ?? values.PUBLIC_URL ?? `http://localhost:${port}`,
    },
  }
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
