import { git, gitOutput } from '../git.mjs'

/** Separate from the owner's tags and branches, so an upgrade does not appear in their lists. */
const refs = 'refs/upstream-versions'

/**
 * Fetches the release tags of the upstream repository.
 *
 * @param {string} root
 * @param {string} from repository for `git fetch`
 * @returns {string[]} the released versions, oldest first
 */
export function fetchVersions(root, from) {
  git(root, 'fetch', '--quiet', '--no-tags', '--force', from, `+refs/tags/v*:${refs}/v*`)
  return gitOutput(root, 'for-each-ref', '--sort=version:refname', '--format=%(refname)', refs)
    .split('\n')
    .map((ref) => ref.slice(`${refs}/v`.length))
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
}

/** @param {readonly string[]} versions oldest first */
export function newestOf(versions) {
  return versions.at(-1)
}

/** @param {string} version */
export function refOf(version) {
  return `${refs}/v${version}`
}
