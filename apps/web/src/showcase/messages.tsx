import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { FlashMessage, useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Kind, Specimen } from './specimen.tsx'

export function Messages() {
  const { show } = useFlash()
  useEffect(() => show('Successfully logged out.'), [show])
  return (
    <Kind name="Messages">
      <Specimen name="flash" wide>
        <FlashMessage />
        <div>
          <Button
            onClick={() =>
              show('Session ended: a device with a name that takes more than one line on a phone.')
            }
          >
            Show a message
          </Button>
        </div>
      </Specimen>
      <Specimen name="alert of a form">
        <FormAlert problem="Wrong user name or password." />
      </Specimen>
      <Specimen name="alert of a form, with the fields">
        <FormAlert
          problem="Two of three were taken over."
          fields={[
            { controlId: 'messages-name', label: 'User name' },
            { controlId: 'messages-mail', label: 'E-mail' },
          ]}
        />
        <input id="messages-name" aria-label="Example of a user name" />
        <input id="messages-mail" aria-label="Example of an e-mail address" />
      </Specimen>
    </Kind>
  )
}
