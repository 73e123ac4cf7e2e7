import { useState } from 'react'
import { PersonFilter } from '../audit/person-filter.tsx'
import type { ChosenPerson } from '../audit/person-filter.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { users, viewer } from './people.ts'
import { Kind, Specimen } from './specimen.tsx'

export function Pages() {
  const [person, setPerson] = useState<ChosenPerson | null>(null)
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
      <Specimen name="narrow page" wide>
        <Page
          title="A page that cannot be shown, with a name of more than one line"
          width="narrow"
          lead="It says why."
        />
      </Specimen>
      <Specimen name="filter by person">
        <PersonFilter
          viewer={viewer}
          person={person}
          onChange={(id) => {
            const chosen = users.find((user) => user.id === id)
            setPerson(chosen === undefined ? null : { id: chosen.id, name: chosen.username })
          }}
        />
      </Specimen>
    </Kind>
  )
}
