import type { CreatedInvitation } from '@app/contract'
import { useEffect, useRef } from 'react'
import type * as z from 'zod/mini'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import styles from './invitations.module.css'

/** Shows the link of a new invitation, which the server does not show again, or that it was mailed. */
export function NewInvitation({ created }: { created: z.infer<typeof CreatedInvitation> }) {
  const { invitation, link } = created
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} className={styles['created']} role="group" aria-label="New invitation" tabIndex={-1}>
      {link === null ? (
        <p key="mailed">
          The invitation is on its way to <Untranslated>{invitation.email ?? ''}</Untranslated>. It works
          until <Moment at={invitation.expiresAt} />.
        </p>
      ) : (
        <>
          <p key="link">
            Send this link to the person that you invite. It works once, until{' '}
            <Moment at={invitation.expiresAt} />, and is not shown again.
          </p>
          <Copyable label="invitation link" text={link} />
        </>
      )}
    </div>
  )
}
