import { useParams } from 'wouter'
import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { NoteView } from '../notes/note-view.tsx'

/** One note, to read and to write; at `/notes/new`, one that is not there yet. */
export function NotePage() {
  const { id } = useParams<{ id: string }>()
  return <SignedInOnly>{(viewer) => <NoteView viewer={viewer} address={id} />}</SignedInOnly>
}
