import type { CreatedToken } from '@app/contract'
import { useEffect, useRef } from 'react'
import type * as z from 'zod/mini'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import styles from './tokens.module.css'

/** Shows a new token, which the server does not show again. */
export function NewToken({ created }: { created: z.infer<typeof CreatedToken> }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} className={styles['created']} role="group" aria-label="New token" tabIndex={-1}>
      <p>
        Copy the token <Untranslated>{created.name}</Untranslated> now: it is not shown again. It works until{' '}
        <Moment at={created.expiresAt} />. Anyone who has it can do what it allows.
      </p>
      <Copyable label="access token" text={created.token} />
    </div>
  )
}
