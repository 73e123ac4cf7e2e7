import type { AccountOptions } from '@app/contract'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Contact } from './contact.tsx'

/** Shown in place of the sign-up form where not everyone may sign up. */
export function SignUpLimited({ options }: { options: AccountOptions }) {
  return (
    <Page
      title={options.signup === 'invite' ? 'Sign-up needs an invitation' : 'Sign-up is closed'}
      width="narrow"
      lead={
        options.signup === 'invite' ? (
          <span key="invite">
            Open the link of your invitation to sign up. If you have none, ask <Contact options={options} />.
          </span>
        ) : (
          <span key="closed">
            New accounts are not created here. Ask <Contact options={options} /> for one.
          </span>
        )
      }
    >
      <Actions
        main={
          <ButtonLink href="/login" look="primary">
            Log in
          </ButtonLink>
        }
      />
    </Page>
  )
}
