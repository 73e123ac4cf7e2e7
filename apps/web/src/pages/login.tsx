import type { SecondFactorMethod } from '@app/contract'
import { product } from '@app/contract/product'
import { useState } from 'react'
import { Link, useSearch } from 'wouter'
import { LogInForm } from '../auth/log-in-form.tsx'
import { pathWithRedirect, redirectTarget } from '../auth/redirect-to.ts'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import styles from './entrance.module.css'

export function LoginPage() {
  const search = useSearch()
  const [stepTitle, setStepTitle] = useState<string>()
  return (
    <SignedOutOnly>
      <Page
        title={stepTitle ?? 'Log in'}
        width="narrow"
        lead={stepTitle === undefined ? `Welcome back to ${product.name}.` : undefined}
      >
        <Stack>
          <Card>
            <LogInForm secondMethods={secondMethodsIn(search)} onStepTitle={setStepTitle} />
          </Card>
          <p className={styles['help']}>
            Don't have an account?{' '}
            <Link href={pathWithRedirect('/signup', redirectTarget(search))}>Sign up</Link>
          </p>
        </Stack>
      </Page>
    </SignedOutOnly>
  )
}

const known: readonly SecondFactorMethod[] = ['passkey', 'otp', 'recovery']

/** Reads the methods of the second step after a log-in by a provider; undefined without such a step. */
function secondMethodsIn(search: string): SecondFactorMethod[] | undefined {
  const named = new URLSearchParams(search).get('secondFactor')?.split(',')
  const methods = known.filter((method) => named?.includes(method) === true)
  return methods.length === 0 ? undefined : methods
}
