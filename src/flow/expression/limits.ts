/** Limits of the expression language (reference 14.4); each is named in the error that passing it raises. */

/** Deepest nesting of arrays and objects in a value. */
export const valueDepthMax = 256;
/** Longest text of a value, in UTF-16 code units. */
export const valueTextMax = 67_108_864;
/**
 * Most characters and items that the calls of one template take and give together, counted for each call: holds the
 * time and memory that one evaluation takes.
 */
export const evaluationSizeMax = 1_073_741_824;
/** Most items that a function makes of one text. */
export const textPiecesMax = 1_000_000;
/** Most occurrences that one replace() replaces. */
export const replacementsMax = 2_000_000;
/** Longest format string of a date, in characters. */
export const dateFormatLengthMax = 1024;
/** Longest number written as text, in characters. */
export const numberLengthMax = 1024;
/** Longest single expression, in characters. */
export const expressionLengthMax = 8192;
/** Deepest nesting of calls and brackets in one expression. */
export const expressionDepthMax = 128;
/** Most items that range() gives. */
export const rangeCountMax = 100_000;
/** Longest text of an XML document, in characters. */
export const xmlTextMax = 16_777_216;
/** Deepest nesting of the elements of an XML document. */
export const xmlDepthMax = 256;
/** Most nodes of an XML document. */
export const xmlNodesMax = 500_000;
/** Longest XPath expression, in characters. */
export const xpathLengthMax = 8192;
/** Deepest nesting of an XPath expression. */
export const xpathDepthMax = 256;
/** Most looks at a node that one xpath() takes. */
export const xpathStepsMax = 5_000_000;
/** Longest format string of a number, in characters. */
export const numberFormatLengthMax = 1024;
/** Most digits that the format of a number asks for. */
export const numberPrecisionMax = 1024;
/** Longest name of XML that is escaped, in characters. */
export const xmlNameLengthMax = 65_536;
