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
    </Kind>
  )
}
