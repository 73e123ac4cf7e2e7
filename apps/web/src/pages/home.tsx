import { MembersOnly } from '../auth/members-only.tsx'
import { NotesView } from '../notes/notes-view.tsx'
import { Welcome } from './welcome.tsx'

/** The start page: a welcome for strangers, and for members what they came for. */
export function HomePage() {
  return <MembersOnly strangers={<Welcome />}>{(viewer) => <NotesView viewer={viewer} />}</MembersOnly>
}
