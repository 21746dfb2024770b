/** Functions of two texts (OData 4.01 URL 5.1.1.5). */

import { firstIndexOf } from '../../../base/text-search.ts';

/** By name. */
export const textFunctions = {
  contains: (text: string, part: string): boolean => firstIndexOf(text, part) !== -1,
  startswith: (text: string, part: string): boolean => text.startsWith(part),
  endswith: (text: string, part: string): boolean => text.endsWith(part),
  indexof: (text: string, part: string): number => firstIndexOf(text, part),
} as const;
