import { useParams } from 'wouter'
import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { NoteView } from '../notes/note-view.tsx'

/** Shows one note; at `/notes/new`, a new one. */
export function NotePage() {
  const { id } = useParams<{ id: string }>()
  return <SignedInOnly>{(viewer) => <NoteView viewer={viewer} address={id} />}</SignedInOnly>
}
