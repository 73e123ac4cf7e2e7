import { product } from './product.ts'

/** How operators run the command: in a checkout, and in the folder of an image, which has no pnpm. */
export const commandLines = {
  checkout: `node tools/pnpm.mjs exec ${product.command}`,
  image: 'node apps/cli/bin/cli.mjs',
} as const
