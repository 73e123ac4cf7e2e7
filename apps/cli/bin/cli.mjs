#!/usr/bin/env node
/// <reference types="node" />
// Plain JavaScript that an old Node can run too: the rest is TypeScript, which needs Node 24.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const neededMajor = 24

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  // Loading the program takes most of a command's time. Without a writable cache, nothing is cached.
  nodeModule.enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url)))
  await import('../src/main.ts')
} else runWithPinnedNode()

function runWithPinnedNode() {
  const node = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
  if (!existsSync(node)) {
    process.stderr.write(
      `This command needs Node ${neededMajor} or newer, and this is Node ${process.versions.node}. Install it from https://nodejs.org\n`,
    )
    process.exitCode = 1
    return
  }
  // Ctrl-C reaches both processes; the child decides what it means.
  process.on('SIGINT', () => {})
  const command = [fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const { status, signal, error } = spawnSync(node, command, { stdio: 'inherit' })
  if (error) throw error
  if (signal) process.kill(process.pid, signal)
  process.exitCode = status ?? 1
}
