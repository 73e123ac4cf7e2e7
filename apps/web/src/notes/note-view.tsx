import type { Self } from '@app/contract'
import { useEffect } from 'react'
import { CallFailed } from '../api/call-failed.ts'
import { failureText } from '../api/failure-text.ts'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { BackLink } from './back-link.tsx'
import { NoteEditor } from './note-editor.tsx'
import { useNewNoteKey } from './use-new-note-key.ts'
import { useNotesOfOtherTabs } from './use-notes-of-other-tabs.ts'
import { useNote } from './use-notes.ts'
import { useWriter } from './use-writer.ts'

/** @param address an id, or `new` */
export function NoteView({ viewer, address }: { viewer: Self; address: string }) {
  const isNew = address === 'new'
  const { data, error, isFetching, refetch } = useNote(viewer, address, { enabled: !isNew })
  const writer = useWriter(viewer, address, isNew ? null : data)
  const isMissing = isMissingNote(error)
  useNewNoteKey()
  useNotesOfOtherTabs(viewer)
  useEffect(() => {
    if (data) writer?.refresh(data)
  }, [writer, data])
  useEffect(() => {
    if (isMissing) writer?.markRemoved()
  }, [writer, isMissing])

  if (writer && !(isMissing && writer.address === 'new'))
    return <NoteEditor key={writer.key} viewer={viewer} writer={writer} />
  if (isMissing) return <NoteMissing />
  if (error) {
    return (
      <Page title="This note cannot be shown" width="narrow">
        <Stack>
          <FailedState
            error={error}
            text={isUnreachable(error) ? notStoredText() : undefined}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
          <BackLink />
        </Stack>
      </Page>
    )
  }
  return (
    <Page title="Note" hiddenTitle aside={<BackLink />}>
      <Skeleton label="Loading the note" kind="sheet" blocks={1} />
    </Page>
  )
}

function NoteMissing() {
  return (
    <Page title="Note not found" width="narrow" lead={failureText({ reason: 'NOT_FOUND' })}>
      <Actions
        main={
          <ButtonLink href="/" look="primary">
            Go to your notes
          </ButtonLink>
        }
      />
    </Page>
  )
}

function isUnreachable(error: Error): boolean {
  return error instanceof CallFailed && error.failure.reason === 'UNREACHABLE'
}

/** Returns why a note of the list does not open, and when it will: `FailedState` reads it again by itself. */
function notStoredText(): string {
  const until = navigator.onLine ? 'the server can be reached again' : 'you are online again'
  return `This note is not stored on this device yet. It opens when ${until}.`
}

/** Returns whether the note is deleted or belongs to another user: the server answers both alike. */
function isMissingNote(error: Error | null): boolean {
  return error instanceof CallFailed && error.failure.reason === 'NOT_FOUND'
}
