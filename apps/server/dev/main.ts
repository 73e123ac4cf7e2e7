// The server of `npm run dev`. Vite serves its pages.
import { start } from '../src/start.ts'
import { readDevAddresses } from './addresses.ts'
import { redirectToVite } from './redirect-to-vite.ts'

// The channel to `watch.ts` closes when that process is killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGHUP'))
// No proxy reads /readyz. On an exposed server each restart would wait for 5 seconds.
process.env['DRAIN_DELAY'] = '0s'
const { addresses } = readDevAddresses(process.env)
// Without addresses the server prints the problems.
await start(addresses === null ? {} : { pages: redirectToVite(addresses.WEB_PORT) })
