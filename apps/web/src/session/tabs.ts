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

/**
 * Messages between the tabs of one browser: about who is logged in, and that a note was saved or deleted. They name no user and hold no
 * text: each tab asks the server itself.
 */
export interface Tabs {
  tell: (news: TabNews) => void
  /** Returns how to stop listening. */
  listen: (listener: (news: TabNews) => void) => () => void
  /** @param id of a note that was saved or deleted here */
  tellNoteChanged: (id: string) => void
  /** Returns how to stop listening. */
  onNoteChanged: (listener: (id: string) => void) => () => void
}

export function createTabs(): Tabs {
  const session = new BroadcastChannel('session')
  const notes = new BroadcastChannel('notes')
  return {
    tell: (news) => session.postMessage(news),
    listen: (listener) => listenTo(session, (data) => isNews(data) && listener(data)),
    tellNoteChanged: (id) => notes.postMessage(id),
    onNoteChanged: (listener) => listenTo(notes, (data) => typeof data === 'string' && listener(data)),
  }
}

function listenTo(channel: BroadcastChannel, onData: (data: unknown) => unknown): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>) => onData(data)
  channel.addEventListener('message', onMessage)
  return () => channel.removeEventListener('message', onMessage)
}

function isNews(data: unknown): data is TabNews {
  return kinds.has(data)
}
