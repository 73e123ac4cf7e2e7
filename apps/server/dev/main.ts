// The server of `npm run dev`. Vite serves its pages.
import { start } from '../src/start.ts'
import { devAddresses } from './addresses.ts'
import { redirectToVite } from './redirect-to-vite.ts'

// The channel to `watch.ts` closes when that process is killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGHUP'))
await start({ pages: redirectToVite(devAddresses(process.env).WEB_PORT) })
