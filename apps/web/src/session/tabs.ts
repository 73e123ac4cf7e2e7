/**
 * What happened to the session in another tab. `signed-in`, `signed-out`: by the user. `ended`: by something
 * else that the user did there. `account-closed`. `changed`: the server told the tab with the event stream
 * that the session changed or is over.
 */
export type SessionMessage = 'signed-in' | 'signed-out' | 'ended' | 'account-closed' | 'changed'

const sessionMessages: ReadonlySet<unknown> = new Set<SessionMessage>([
  'signed-in',
  'signed-out',
  'ended',
  'account-closed',
  'changed',
])

/** A document of a feature was saved or deleted in another tab. */
interface DocumentChange {
  kind: string
  id: string
}

/**
 * Messages between the tabs of one browser. They name no user and carry no text: each tab asks the server.
 */
export interface Tabs {
  post: (message: SessionMessage) => void
  /** Returns how to unsubscribe. */
  subscribe: (listener: (message: SessionMessage) => void) => () => void
  postDocumentChange: (change: DocumentChange) => void
  /** Returns how to unsubscribe. */
  onDocumentChange: (kind: string, listener: (id: string) => void) => () => void
}

export function createTabs(): Tabs {
  const session = new BroadcastChannel('session')
  const documents = new BroadcastChannel('documents')
  return {
    post: (message) => session.postMessage(message),
    subscribe: (listener) => listenTo(session, (data) => isSessionMessage(data) && listener(data)),
    postDocumentChange: (change) => documents.postMessage(change),
    onDocumentChange: (kind, listener) =>
      listenTo(documents, (data) => isDocumentChange(data) && data.kind === kind && listener(data.id)),
  }
}

function listenTo(channel: BroadcastChannel, onData: (data: unknown) => unknown): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>) => onData(data)
  channel.addEventListener('message', onMessage)
  return () => channel.removeEventListener('message', onMessage)
}

function isSessionMessage(data: unknown): data is SessionMessage {
  return sessionMessages.has(data)
}

function isDocumentChange(data: unknown): data is DocumentChange {
  return (
    typeof data === 'object' && data !== null && 'kind' in data && 'id' in data && typeof data.id === 'string'
  )
}
