import type { TestApp } from '../../src/testing/test-app.ts'
import { get, post } from '../support/raw-call.ts'

/** A browser as far as redirects and cookies go: cookies of a host name are sent to all of its ports. */
export interface Browser {
  /** Opens an address as a link does, and follows redirects to the end. */
  open(url: string): Promise<Page>
  /** Opens an address without following the redirect. */
  step(url: string): Promise<Page>
  /** Calls a procedure of the app with the cookies of its host. */
  call(path: string, input: unknown): ReturnType<typeof post>
  query(path: string): ReturnType<typeof get>
  cookies(): string
  setCookies(lines: readonly string[]): void
}

export interface Page {
  status: number
  /** The address of the page, or where it redirects. */
  url: URL
  text: string
  setCookies: string[]
}

/** Returns the path and query of a page. */
export function pathOf({ url }: Page): string {
  return url.pathname + url.search
}

/** Returns the address of the app that its PUBLIC_URL has. */
export function homeOf(app: Pick<TestApp, 'services'>): string {
  return app.services.publicUrl()
}

/** @param app whose pages are opened by a path */
export function newBrowser(app: TestApp): Browser {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = ({ hostname }: URL) => {
    const jar = jars.get(hostname) ?? new Map<string, string>()
    jars.set(hostname, jar)
    return jar
  }
  const keep = (url: URL, lines: readonly string[]) => {
    for (const line of lines) {
      const [pair = ''] = line.split(';', 1)
      const name = pair.slice(0, pair.indexOf('='))
      if (/;\s*max-age=0/i.test(line)) jarOf(url).delete(name)
      else jarOf(url).set(name, pair.slice(name.length + 1))
    }
  }
  const header = (url: URL) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  const home = new URL(homeOf(app))

  const step = async (address: string): Promise<Page> => {
    const url = new URL(address, home)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: header(url),
        accept: 'text/html',
        // A path is a link of our own pages; the provider is another site.
        'sec-fetch-site': address.startsWith('/') ? 'same-origin' : 'cross-site',
      },
    })
    const setCookies = response.headers.getSetCookie()
    keep(url, setCookies)
    const location = response.headers.get('location')
    const next = location === null ? url : new URL(location, url)
    return { status: response.status, url: next, text: await response.text(), setCookies }
  }
  return {
    step,
    open: async (address) => {
      let page = await step(address)
      for (let hops = 0; page.status >= 300 && page.status < 400; hops += 1) {
        if (hops > 20) throw new Error(`Too many redirects: ${page.url.href}`)
        page = await step(page.url.href)
      }
      return page
    },
    call: async (path, input) => {
      const answer = await post(home.origin, path, input, header(home))
      keep(home, answer.headers.getSetCookie())
      return answer
    },
    query: (path) => get(home.origin, path, header(home)),
    cookies: () => header(home),
    setCookies: (lines) => keep(home, lines),
  }
}
