/**
 * The OData language: reading filters, metadata and pages, each against the best of its kind in the same run.
 * `npx tsx bench/odata.ts [metadata file]` prints ratios with their bars; with a file also the memory of reading it.
 */

import { benchCsdl } from './odata-csdl.ts';
import { benchFilters } from './odata-filters.ts';
import { measureRows, printRowsMeasured } from './odata-rows.ts';

console.log('# Filters');
benchFilters();
console.log('\n# Metadata');
await benchCsdl(process.argv[2]);
console.log('\n# Rows');
for (const measured of await measureRows()) console.log(printRowsMeasured(measured));
