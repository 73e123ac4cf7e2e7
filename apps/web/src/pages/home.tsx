import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { NotesView } from '../notes/notes-view.tsx'
import { Welcome } from './welcome.tsx'

/** The start page: a welcome for visitors, the notes for users. */
export function HomePage() {
  return <SignedInOnly visitors={<Welcome />}>{(viewer) => <NotesView viewer={viewer} />}</SignedInOnly>
}
