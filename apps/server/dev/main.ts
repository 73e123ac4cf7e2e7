// The server of `npm run dev`. Vite serves its pages.
import { start } from '../src/start.ts'
import { devAddresses } from './addresses.ts'
import { redirectToVite } from './redirect-to-vite.ts'

await start({ pages: redirectToVite(devAddresses(process.env).WEB_PORT) })
