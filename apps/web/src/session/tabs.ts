/**
 * `signed-in`, `signed-out`: the person did it in another tab. `ended`: they did something there that ended the session. `account-gone`:
 * they closed their account there. `changed`: the server has told the tab that listens to it that something about the session is different
 * now, or that the session is over.
 */
export type TabNews = 'signed-in' | 'signed-out' | 'ended' | 'account-gone' | 'changed'

const kinds: ReadonlySet<unknown> = new Set<TabNews>([
  'signed-in',
  'signed-out',
  'ended',
  'account-gone',
  'changed',
])

/** Word between the tabs of one browser about who is logged in. It names nobody: each tab asks the server itself. */
export interface Tabs {
  tell: (news: TabNews) => void
  /** Returns how to stop listening. */
  listen: (listener: (news: TabNews) => void) => () => void
}

export function createTabs(): Tabs {
  const channel = new BroadcastChannel('latchkey-session')
  return {
    tell: (news) => channel.postMessage(news),
    listen(listener) {
      const hear = ({ data }: MessageEvent<unknown>) => {
        if (isNews(data)) listener(data)
      }
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
  }
}

function isNews(data: unknown): data is TabNews {
  return kinds.has(data)
}
