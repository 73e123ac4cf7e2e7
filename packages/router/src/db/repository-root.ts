import { fileURLToPath } from 'node:url'

/** The folder that relative paths in settings start from, independent of the working directory. */
export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url))
