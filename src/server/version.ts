/** The version of this package. */

import { readFileSync } from 'node:fs';

const manifest: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** As in package.json. */
export const packageVersion: string = manifest.version;
