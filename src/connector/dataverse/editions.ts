/** Path prefixes of the editions: none in the first, `/v2` in the operations whose ids end in `_V2`. */
export const editionPrefixes: readonly string[] = Object.freeze(['', '/v2']);
