/** A response of the pages without scripts. */
export interface PlainAnswer {
  status: number
  location: string | null
  html: string
  headers: Headers
}

interface PlainRequest {
  method?: string
  headers?: Record<string, string>
  /** What the user typed into the form. */
  fields?: Record<string, string>
}

/** A browser without scripts: it keeps cookies and sends what browsers send with forms of our own pages. */
export function plainBrowser(url: string) {
  const cookies = new Map<string, string>()
  const ownForm: Record<string, string> = { origin: url, 'sec-fetch-site': 'same-origin' }
  const request = async (
    path: string,
    { method, headers, fields }: PlainRequest = {},
  ): Promise<PlainAnswer> => {
    const response = await fetch(url + path, {
      method: method ?? (fields === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        accept: 'text/html,*/*;q=0.8',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (line.includes('Max-Age=0')) cookies.delete(name)
      else cookies.set(name, value)
    }
    const { status, headers: sent } = response
    return { status, location: sent.get('location'), html: await response.text(), headers: sent }
  }
  return {
    cookies,
    request,
    open: (path: string) => request(path),
    /** @param headers what the browser says about the page of the form */
    submit: (path: string, fields: Record<string, string>, headers = ownForm) =>
      request(path, { fields, headers }),
  }
}

/** Returns the message of a page, without its markup. */
export const messageIn = (html: string) => /<p role="(?:alert|status)">(.*?)<\/p>/.exec(html)?.[1]
