import { MessagePage } from '../components/message-page.tsx'

export function NotFoundPage() {
  return (
    <MessagePage
      title="Page not found"
      lead="There is nothing at this address. It may be mistyped, or the page may have moved."
    />
  )
}
