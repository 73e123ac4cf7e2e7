import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { FlashMessage, useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Row } from '../components/row.tsx'
import { Kind, Specimen } from './specimen.tsx'

const messages = [
  ['done', 'Name saved.'],
  ['notice', 'Session ended: a device with a name that takes more than one line on a phone.'],
  [
    'problem',
    'You are still logged in. The server cannot be reached. Check your connection, then try again.',
  ],
] as const

export function Messages() {
  const { show } = useFlash()
  useEffect(() => show('You are logged out.'), [show])
  return (
    <Kind name="Messages">
      <Specimen name="flash" wide>
        <FlashMessage />
        <Row>
          {messages.map(([kind, text]) => (
            <Button key={kind} onClick={() => show(text, { kind })}>{`Show: ${kind}`}</Button>
          ))}
        </Row>
      </Specimen>
      <Specimen name="alert of a form">
        <FormAlert problem="Wrong user name or password." />
      </Specimen>
      <Specimen name="alert of a form, with the fields">
        <FormAlert
          problem="Two of three were taken over."
          fields={[
            { controlId: 'messages-name', label: 'User name' },
            { controlId: 'messages-mail', label: 'Email' },
          ]}
        />
        <input id="messages-name" aria-label="Example of a user name" />
        <input id="messages-mail" aria-label="Example of an email address" />
      </Specimen>
    </Kind>
  )
}
