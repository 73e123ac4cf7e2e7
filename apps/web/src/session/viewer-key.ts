/** The cache entry of the person whose page this is; everything else in the cache belongs to that person. */
export const viewerKey = ['viewer'] as const
