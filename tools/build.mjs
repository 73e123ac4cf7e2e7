// Builds the web app and the server before `npm start` if their sources changed. Prints one line if that
// takes more than a second, and the output only when the build failed.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const child = spawn('turbo', ['run', 'build', '--output-logs=new-only'], {
  cwd,
  stdio: ['ignore', 'pipe', 'pipe'],
})
const noticeableMs = 1000
const notice = setTimeout(() => console.log('Building the web app and the server …'), noticeableMs)

let output = ''
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (/** @type {Buffer} */ chunk) => {
    output += chunk.toString()
  })
}
child.on('close', (code) => {
  clearTimeout(notice)
  if (code !== 0) console.error(output)
  process.exitCode = code ?? 1
})
