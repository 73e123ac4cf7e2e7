/**
 * A change of the session in another tab. `signed-in` and `signed-out`: by the user. `ended`: by another
 * action of the user. `account-closed`: with the account. `changed`: the event stream of that tab reported
 * that the session changed or ended.
 */
export type SessionMessage = 'signed-in' | 'signed-out' | 'ended' | 'account-closed' | 'changed'

const sessionMessages: ReadonlySet<unknown> = new Set<SessionMessage>([
  'signed-in',
  'signed-out',
  'ended',
  'account-closed',
  'changed',
])

/** Reports that a document of a feature was saved or deleted in another tab. */
interface DocumentChange {
  kind: string
  id: string
}

/**
 * Messages between the tabs of one browser. They contain no user and no text: each tab asks the server.
 */
export interface Tabs {
  post: (message: SessionMessage) => void
  /** Returns a function that unsubscribes. */
  subscribe: (listener: (message: SessionMessage) => void) => () => void
  postDocumentChange: (change: DocumentChange) => void
  /** Returns a function that unsubscribes. */
  onDocumentChange: (kind: string, listener: (id: string) => void) => () => void
}

export function createTabs(): Tabs {
  const session = openChannel('session')
  const documents = openChannel('documents')
  return {
    post: (message) => session?.postMessage(message),
    subscribe: (listener) => listenTo(session, (data) => isSessionMessage(data) && listener(data)),
    postDocumentChange: (change) => documents?.postMessage(change),
    onDocumentChange: (kind, listener) =>
      listenTo(documents, (data) => isDocumentChange(data) && data.kind === kind && listener(data.id)),
  }
}

/** @returns undefined if the browser blocks it, as Firefox does with all cookies */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}

function listenTo(channel: BroadcastChannel | undefined, onData: (data: unknown) => unknown): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>) => onData(data)
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}

function isSessionMessage(data: unknown): data is SessionMessage {
  return sessionMessages.has(data)
}

function isDocumentChange(data: unknown): data is DocumentChange {
  return (
    typeof data === 'object' && data !== null && 'kind' in data && 'id' in data && typeof data.id === 'string'
  )
}
