import type { Plugin } from 'rolldown'

/**
 * Writes characters beyond Latin-1 as escapes. V8 keeps the source of a module in memory, with two bytes for
 * each character if one needs them.
 */
export function oneByteSources(): Plugin {
  return {
    name: 'one-byte-sources',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = escaped(file.code)
    },
  }
}

/** A pair of escaped surrogates is one character in strings and in regular expressions with the flag `u`. */
function escaped(code: string): string {
  return code.replace(
    /[\u0100-\uffff]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
