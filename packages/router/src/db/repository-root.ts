import { fileURLToPath } from 'node:url'

/**
 * The folder that relative paths in settings start from, whichever folder the server or the command line is
 * run in.
 */
export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url))
