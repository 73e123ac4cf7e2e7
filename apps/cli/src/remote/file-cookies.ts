import type { CookieStore } from '@app/client'
import { CookieJar } from 'tough-cookie'
import type { SerializedCookieJar } from 'tough-cookie'
import { CommandFailed } from '../command.ts'
import { readCredentials, updateCredentials } from './credentials.ts'
import type { Credentials } from './credentials.ts'

export interface FileCookies extends CookieStore {
  /** Whether a cookie of the server is kept. */
  isEmpty(): Promise<boolean>
}

/**
 * Keeps the cookies of one server in the file. A new cookie is added to what the file has then, because
 * another process may have changed it.
 */
export function fileCookies(file: string, origin: string): FileCookies {
  const jar = () => jarOf(readCredentials(file), { file, origin })
  return {
    getCookieString: async (url) => jar().getCookieString(url),
    async setCookie(line, url) {
      await updateCredentials(file, (credentials) => {
        const changed = jarOf(credentials, { file, origin })
        // A cookie that may not be kept, such as a Secure one that came by http, is ignored as in browsers.
        changed.setCookieSync(line, url, { ignoreError: true })
        credentials.profiles[origin] = changed.serializeSync() ?? {}
      })
    },
    isEmpty: async () => (await jar().getCookieString(origin)) === '',
  }
}

function jarOf(credentials: Credentials, { file, origin }: { file: string; origin: string }): CookieJar {
  const stored = credentials.profiles[origin]
  if (stored === undefined) return new CookieJar()
  try {
    // Sound: a form that the library does not know throws.
    return CookieJar.deserializeSync(stored as SerializedCookieJar)
  } catch (error) {
    throw new CommandFailed(`${file} is damaged. Delete it, and log in again.`, { cause: error })
  }
}
