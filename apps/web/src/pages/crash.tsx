import { Button } from '../components/button.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { RequestId } from '../components/request-id.tsx'
import { Row } from '../components/row.tsx'
import { Stack } from '../components/stack.tsx'

/** Not lazy: it must be there when loading something is what failed. */
export function CrashPage({ requestId }: { requestId: string | null }) {
  return (
    <Page
      title="Something went wrong"
      width="narrow"
      lead="This page could not be shown. Your account and your notes are safe; loading the page again usually helps."
    >
      <Stack>
        <RequestId id={requestId} />
        <Row>
          <Button look="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
          <ButtonLink href="/">Go to the start page</ButtonLink>
        </Row>
      </Stack>
    </Page>
  )
}
