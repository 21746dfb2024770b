/** Functions of two texts (OData 4.01 URL 5.1.1.5). */

/** By name. */
export const textFunctions = {
  contains: (text: string, part: string): boolean => text.includes(part),
  startswith: (text: string, part: string): boolean => text.startsWith(part),
  endswith: (text: string, part: string): boolean => text.endsWith(part),
  indexof: (text: string, part: string): number => text.indexOf(part),
} as const;
