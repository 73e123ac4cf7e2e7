export type TabNews = 'signed-in' | 'signed-out'

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
        if (data === 'signed-in' || data === 'signed-out') listener(data)
      }
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
  }
}
