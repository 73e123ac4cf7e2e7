/** Options of every command that calls a server. */
export const remoteOptions = {
  server: { type: 'string' },
  token: { type: 'string' },
  'token-file': { type: 'string' },
  timeout: { type: 'string' },
  'allow-http': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export interface RemoteValues {
  server?: string | undefined
  token?: string | undefined
  'token-file'?: string | undefined
  timeout?: string | undefined
  'allow-http'?: boolean | undefined
  json?: boolean | undefined
}

/** Variables of the environment for scripts. Neutral names, so that scripts survive a new product name. */
export const remoteVariables = { server: 'ACCOUNTS_SERVER', token: 'ACCOUNTS_TOKEN' } as const

/** For the help of every such command. */
export const remoteHelp = `Options of every command that calls a server:
  --server <url>       The server: https://accounts.example.org. Default: ${remoteVariables.server},
                       else the server of the last log-in.
  --token-file <file>  Use the access token in this file instead of a session. The variable
                       ${remoteVariables.token} does the same. --token <token> works too, but other users
                       of this machine see it in the list of processes.
  --timeout <seconds>  How long a call may take. Default: 30.
  --allow-http         Allow plain http to another machine: others can read the password.
  --json               Print the result as one line of JSON, and a failure as one on standard error.

Exit codes: 0 done, 1 refused or failed, 2 wrong use, 130 interrupted.`
