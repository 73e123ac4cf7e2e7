import { useState } from 'react'
import { UserFilter } from '../audit/user-filter.tsx'
import type { ChosenUser } from '../audit/user-filter.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { FooterLinks } from '../shell/footer.tsx'
import { users, viewer } from './example-users.ts'
import { Kind, Specimen } from './specimen.tsx'

export function Pages() {
  const [user, setUser] = useState<ChosenUser | null>(null)
  return (
    <Kind name="Pages and filters">
      <Specimen name="page" wide>
        <Page
          title="Your documents"
          lead="Only you can read them."
          aside={
            <ButtonLink href="#root" look="primary">
              New document
            </ButtonLink>
          }
        >
          <Stack>
            <p>What belongs to the page.</p>
            <p>And what comes below it.</p>
          </Stack>
        </Page>
      </Specimen>
      <Specimen name="message page" wide>
        <MessagePage
          title="A page that cannot be shown, with a name of more than one line"
          lead="It says why."
        />
      </Specimen>
      <Specimen name="footer links" wide>
        <FooterLinks
          links={[
            { label: 'Docs', href: 'https://docs.example.org' },
            { label: 'Status', href: 'https://status.example.org' },
          ]}
        />
      </Specimen>
      <Specimen name="filter by user">
        <UserFilter
          viewer={viewer}
          user={user}
          onChange={(id) => {
            const chosen = users.find((each) => each.id === id)
            setUser(chosen === undefined ? null : { id: chosen.id, name: chosen.username })
          }}
        />
      </Specimen>
    </Kind>
  )
}
