/** All migrations, in order. A released one never changes; a change of tables is a new file with the next number. */

import { statements as tables } from './000001-tables.ts';

/** The statements of migration 1, 2, 3 …, in order. */
export const migrations: readonly (readonly string[])[] = [tables];
