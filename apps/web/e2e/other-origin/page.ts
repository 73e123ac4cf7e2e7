import { createClient } from '@app/client'
import type { Client } from '@app/client'

declare global {
  interface Window {
    client: Client
  }
}

const server = new URLSearchParams(location.search).get('server')
if (server === null) throw new Error('Open this page with ?server= and the address of the server.')
window.client = createClient(server)
