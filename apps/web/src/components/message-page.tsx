import type { ReactNode } from 'react'
import { Actions } from './actions.tsx'
import { ButtonLink } from './button-link.tsx'
import { Page } from './page.tsx'

interface MessagePageProps {
  title: string
  /** The reason, and what to do. */
  lead: string
  /** The main button: the next step. Default: a link to the start page. */
  main?: ReactNode
  /** Further buttons. */
  children?: ReactNode
}

/** Shown in place of a page, or for a link, that the user cannot use. */
export function MessagePage({ title, lead, main, children }: MessagePageProps) {
  return (
    <Page title={title} width="narrow" lead={lead}>
      <Actions
        main={
          main ?? (
            <ButtonLink href="/" look="primary">
              Go to the start page
            </ButtonLink>
          )
        }
      >
        {children}
      </Actions>
    </Page>
  )
}
