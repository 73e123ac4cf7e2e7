import type { FactorResetState } from '@app/contract'
import { useEffect, useState } from 'react'
import type * as z from 'zod/mini'
import { Card } from '../components/card.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { dropLink } from './drop-link.ts'
import { keepLink } from './kept-link.ts'
import { LogInForm } from './log-in-form.tsx'

/**
 * Logs a user in who lost every second factor. The first step is an ordinary log-in, and the second step uses
 * the link.
 */
export function ResetFactors({
  username,
  effectiveAt,
  secret,
}: z.infer<typeof FactorResetState> & { secret: string }) {
  const [isDue] = useState(() => Date.parse(effectiveAt) <= Date.now())
  const [stepTitle, setStepTitle] = useState<string>()
  useEffect(() => {
    if (isDue) keepLink('factor-reset', secret)
    else dropLink('factor-reset')
  }, [isDue, secret])
  if (!isDue) {
    return (
      <Page
        title="This link works later"
        width="narrow"
        lead={
          <>
            It removes the second factors of <bdi translate="no">{username}</bdi> from{' '}
            <Moment at={effectiveAt} /> on. Open it again then. The wait protects the account from a stranger
            who asked in its owner's name.
          </>
        }
      />
    )
  }
  return (
    <Page
      title={stepTitle ?? 'Log in without your second factors'}
      width="narrow"
      lead={
        <>
          For the account <bdi translate="no">{username}</bdi>. The log-in removes all its second factors and
          recovery codes, and logs it out everywhere else.
        </>
      }
    >
      <Card>
        <LogInForm username={username} onStepTitle={setStepTitle} />
      </Card>
    </Page>
  )
}
