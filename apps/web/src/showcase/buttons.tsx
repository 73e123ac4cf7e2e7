import { useState } from 'react'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Button } from '../components/button.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DoneButton } from '../components/done-button.tsx'
import { LeaveQuestion } from '../components/leave-question.tsx'
import { Row } from '../components/row.tsx'
import { Stack } from '../components/stack.tsx'
import { Kind, Specimen } from './specimen.tsx'

const looks = ['primary', 'plain', 'quiet', 'danger', 'final'] as const

function ShownOnce() {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <Stack>
      <Copyable boxed label="example" text="example-secret" onCopied={() => setIsCopied(true)} />
      <Row>
        <DoneButton onDone={() => setIsCopied(false)} />
        <LeaveQuestion isKept={isCopied} title="Continue without copying it?">
          <p>It is not shown again.</p>
        </LeaveQuestion>
      </Row>
    </Stack>
  )
}

export function Buttons() {
  return (
    <Kind name="Buttons">
      {looks.map((look) => (
        <Specimen key={look} name={look}>
          <Row>
            <Button look={look}>Save</Button>
            <Button look={look} pending>
              Pending
            </Button>
            <Button look={look} unavailable>
              Unavailable
            </Button>
          </Row>
        </Specimen>
      ))}
      <Specimen name="links">
        <Actions
          main={
            <ButtonLink href="#root" look="primary">
              Go on
            </ButtonLink>
          }
        >
          <ButtonLink href="#root">Go back</ButtonLink>
        </Actions>
      </Specimen>
      <Specimen name="long label">
        <Button>End all the other sessions of this account, on every device, now</Button>
      </Specimen>
      <Specimen name="copyable">
        <Copyable label="request id" text="0192f7e1-3b7c-7a55-9c1e-2f51c0ffee00" />
      </Specimen>
      <Specimen name="shown once">
        <ShownOnce />
      </Specimen>
    </Kind>
  )
}
