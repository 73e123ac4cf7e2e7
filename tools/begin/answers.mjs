import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { parseOptions } from '../parse-options.mjs'

/** @typedef {Omit<import('./begin-record.mjs').BeginRecord, 'version'>} Answers */

const usage =
  'Usage: npm run begin -- --name "Acme" [--slug acme] [--notes keep|remove] [--signup open|closed] [--upstream <repository>] [--no-check]'

/**
 * Reads the answers from flags, then from an earlier run, and asks for the others on a terminal.
 *
 * @param {string[]} args
 * @param {Answers | undefined} before
 * @param {string} root
 * @returns {Promise<Answers & { check: boolean }>}
 * @throws when an answer is missing or not allowed
 */
export async function readAnswers(args, before, root) {
  const flags = parseFlags(args)
  const isInteractive = process.stdin.isTTY && flags.name === undefined && before === undefined
  const ask = isInteractive ? openQuestions() : undefined
  try {
    const name = checkName(flags.name ?? before?.name ?? (await ask?.('Name of the product', '')) ?? '')
    const slug = checkSlug(
      flags.slug ??
        (flags.name === undefined ? before?.slug : undefined) ??
        (await ask?.('Its name in commands and files', slugOf(name))) ??
        slugOf(name),
    )
    return {
      upstream: flags.upstream ?? before?.upstream ?? originOf(root),
      name,
      slug,
      notes: oneOf(
        'notes',
        ['keep', 'remove'],
        flags.notes ?? before?.notes ?? (await ask?.('The notes app: keep or remove', 'keep')) ?? 'keep',
      ),
      signup: oneOf(
        'signup',
        ['open', 'closed'],
        flags.signup ?? before?.signup ?? (await ask?.('Sign-up: open or closed', 'open')) ?? 'open',
      ),
      check: !flags['no-check'],
    }
  } finally {
    ask?.close()
  }
}

/** @param {string[]} args */
function parseFlags(args) {
  const { values } = parseOptions(
    {
      args,
      options: {
        name: { type: 'string' },
        slug: { type: 'string' },
        notes: { type: 'string' },
        signup: { type: 'string' },
        upstream: { type: 'string' },
        'no-check': { type: 'boolean', default: false },
      },
    },
    usage,
  )
  return values
}

function openQuestions() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  /** @param {string} question @param {string} fallback */
  const ask = async (question, fallback) => {
    const answer = (await terminal.question(`${question}${fallback === '' ? '' : ` (${fallback})`}: `)).trim()
    return answer === '' ? fallback : answer
  }
  return Object.assign(ask, { close: () => terminal.close() })
}

/** @param {string} name */
function checkName(name) {
  if (name.trim() === '') throw new Error(`The product needs a name. ${usage}`)
  if (name.length > 40 || !/^[\p{L}\p{N}][\p{L}\p{N} .&-]*$/u.test(name)) {
    throw new Error('The name may have up to 40 letters, digits, spaces, dots, hyphens and &.')
  }
  return name
}

/** @param {string} slug */
function checkSlug(slug) {
  if (slug.length <= 30 && /^[a-z](?:-?[a-z0-9])*$/.test(slug)) return slug
  throw new Error(
    'The slug begins with a letter and has up to 30 of a-z, 0-9 and single hyphens between them. Give one with --slug.',
  )
}

/** @param {string} name */
function slugOf(name) {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 30)
    .replace(/-$/, '')
}

/**
 * @template {string} T
 * @param {string} flag
 * @param {readonly T[]} allowed
 * @param {string} answer
 * @returns {T}
 */
function oneOf(flag, allowed, answer) {
  const found = allowed.find((each) => each === answer)
  if (found === undefined)
    throw new Error(`--${flag} must be ${allowed.join(' or ')}, not ${answer}. ${usage}`)
  return found
}

/**
 * Returns the repository that this tree was cloned from, which has the newer versions. Leaves out a user and
 * password of its address, because begin.json is committed.
 *
 * @param {string} root
 */
function originOf(root) {
  const { status, stdout } = spawnSync('git', ['config', '--get', 'remote.origin.url'], {
    cwd: root,
    encoding: 'utf8',
  })
  return status === 0 && stdout.trim() !== '' ? stdout.trim().replace(/^(https?:\/\/)[^/]*@/, '$1') : null
}
