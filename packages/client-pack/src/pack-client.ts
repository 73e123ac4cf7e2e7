import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { product } from '@app/contract/product'
import { repositoryRoot } from '@app/router'
import { bundleClient } from './bundle-client.ts'
import type { RouterToPack } from './describe-procedures.ts'
import { printDeclarations } from './print-declarations.ts'

/** Name of the package that programs import. */
export const packageName = `${product.slug}-client`

/** Packs the client of a router for programs outside this workspace. @returns the path of the tarball */
export async function packClient(router: RouterToPack, outFolder: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'client-pack-'))
  try {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
      version: string
    }
    const manifest = {
      name: packageName,
      version,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      exports: {
        '.': { types: './index.d.ts', browser: './browser.js', node: './node.js', default: './browser.js' },
      },
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
    writeFileSync(join(folder, 'index.d.ts'), printDeclarations(router))
    writeFileSync(join(folder, 'THIRD-PARTY-LICENCES'), await bundleClient(folder))
    copyFileSync(join(repositoryRoot, 'LICENSE'), join(folder, 'LICENSE'))
    mkdirSync(outFolder, { recursive: true })
    const file = join(outFolder, `${packageName}-${version}.tgz`)
    const { status, stderr } = spawnSync('npm', ['pack', '--pack-destination', outFolder], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`npm pack failed: ${stderr}`)
    return file
  } finally {
    rmSync(folder, { recursive: true })
  }
}
