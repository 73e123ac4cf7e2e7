import { credentialsFile, updateCredentials } from './credentials.ts'

/** Deletes all that is kept for a server. */
export async function forgetServer(origin: string): Promise<void> {
  await updateCredentials(credentialsFile(process.env), (credentials) => {
    delete credentials.profiles[origin]
    if (credentials.server === origin) credentials.server = null
  })
}
