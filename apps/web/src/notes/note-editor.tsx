import type { Self } from '@app/contract'
import { Trash2 } from 'lucide-react'
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Page } from '../components/page.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { BackLink } from './back-link.tsx'
import { DeleteNote } from './delete-note.tsx'
import { NoteFields } from './note-fields.tsx'
import { displayTitle, isBlank } from './note-text.ts'
import { NoteVersions } from './note-versions.tsx'
import type { NoteWriter } from './note-writer.ts'
import { RemovedElsewhere } from './removed-elsewhere.tsx'
import { SaveBar } from './save-bar.tsx'
import { useChangedInTab } from './use-changed-in-tab.ts'
import styles from './note-editor.module.css'

/** Shows a note for reading and writing. It is saved automatically. */
export function NoteEditor({ viewer, writer }: { viewer: Self; writer: NoteWriter }) {
  const writing = useSyncExternalStore(writer.subscribe, writer.read)
  const { text, base, state } = writing
  const isFromTab = useChangedInTab(base)
  const drafts = useDrafts()
  const [path, navigate] = useLocation()
  const [isNew] = useState(base === null && isBlank(text))
  const [isDeleting, setDeleting] = useState(false)

  useEffect(() => drafts.show(writer), [drafts, writer])

  // The first save of a new note replaces the URL `/notes/new` by the URL of the note.
  const ownPath = `/notes/${writer.address}`
  useEffect(() => {
    if (path !== ownPath) navigate(ownPath, { replace: true, state: window.history.state as unknown })
  }, [path, ownPath, navigate])

  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      void writer.retry()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [writer])

  return (
    <Page
      title={displayTitle(text) || 'New note'}
      hiddenTitle
      takesFocus={!isNew}
      aside={
        <>
          <BackLink />
          {!(base === null && isBlank(text)) && (
            <span className={styles['delete']}>
              <Button look="quiet" onClick={() => setDeleting(true)}>
                <Icon icon={Trash2} size="small" />
                Delete
              </Button>
            </span>
          )}
        </>
      }
    >
      {state.status === 'removed' && <RemovedElsewhere writer={writer} />}
      <NoteVersions writer={writer} writing={writing} isFromTab={isFromTab}>
        <NoteFields writer={writer} text={text} focused={isNew} />
      </NoteVersions>
      <SaveBar writer={writer} writing={writing} />
      {isDeleting && <DeleteNote viewer={viewer} writer={writer} onClose={() => setDeleting(false)} />}
    </Page>
  )
}
