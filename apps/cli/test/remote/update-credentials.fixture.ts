import { updateCredentials } from '../../src/remote/credentials.ts'

// Adds profiles, each with its own change: the test runs several of this program at the same time.
const [file = '', name = '', count = '0'] = process.argv.slice(2)
for (let index = 0; index < Number(count); index += 1) {
  await updateCredentials(
    file,
    ({ profiles }) => void (profiles[`https://${name}-${index}.example.org`] = {}),
  )
}
