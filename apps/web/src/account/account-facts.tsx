import { roleWords } from '@app/contract'
import type { Self } from '@app/contract'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import styles from './account-facts.module.css'

/** Shows the viewer as other users see them, and what cannot be changed here. */
export function AccountFacts({ viewer }: { viewer: Self }) {
  return (
    <>
      <div className={styles['person']}>
        <Person user={viewer} size="large" />
      </div>
      <dl className={styles['facts']}>
        <dt>User name</dt>
        <dd translate="no" dir="auto">
          {viewer.username}
        </dd>
        <dt>Email</dt>
        <dd>
          {viewer.email === null ? 'None' : <Untranslated>{viewer.email}</Untranslated>}
          {viewer.email !== null && !viewer.emailVerified && ' (not confirmed)'}
        </dd>
        <dt>Role</dt>
        <dd>{roleWords[viewer.role].name}</dd>
        <dt>Member since</dt>
        <dd>
          <Moment at={viewer.createdAt} dayOnly />
        </dd>
      </dl>
    </>
  )
}
