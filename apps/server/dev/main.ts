// The server of `npm run dev`. Vite serves its pages.
import { start } from '../src/start.ts'
import { devAddresses } from './addresses.ts'
import { redirectToVite } from './redirect-to-vite.ts'

const { WEB_PORT } = devAddresses(process.env)
await start({ pages: redirectToVite(`http://localhost:${WEB_PORT}`) })
