import type { Role, Self, UserRow } from '@latchkey/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { useApi } from '../api.ts'
import { Button } from '../components/button.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { useConfirmed } from '../session/confirm-identity.tsx'
import { viewerKey } from '../session/viewer.ts'
import styles from './users.module.css'

const roleNames: Readonly<Record<Role, string>> = { user: 'User', admin: 'Administrator' }

interface RoleCellProps {
  viewer: Self
  user: UserRow
}

/** The role of a person, and for administrators the button that changes it. */
export function RoleCell({ viewer, user }: RoleCellProps) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  const cache = useQueryClient()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { role } = user
  if (role === undefined) return '–'
  const other: Role = role === 'admin' ? 'user' : 'admin'

  async function change() {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(() => client.users.setRole.mutate({ id: user.id, role: other }))
    if (result.ok) {
      await cache.invalidateQueries({ queryKey: ['users', viewer.id] })
      if (user.id === viewer.id) await cache.invalidateQueries({ queryKey: viewerKey })
      flash.show(`${user.username} is now ${other === 'admin' ? 'an administrator' : 'a user'}.`)
    } else setProblem(failureSentence(result.failure))
    setPending(false)
  }

  return (
    <div className={styles['role']}>
      <span>{roleNames[role]}</span>
      {user.canEdit && (
        <Button look="quiet" pending={pending} onClick={() => void change()}>
          Make {other === 'admin' ? 'administrator' : 'user'}
          <VisuallyHidden> ({user.username})</VisuallyHidden>
        </Button>
      )}
      <FormAlert problem={problem} />
    </div>
  )
}
