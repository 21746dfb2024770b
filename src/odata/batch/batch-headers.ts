/** Headers of a request or response within a batch: in their order, as they are written. */

/** One header field. */
export interface BatchHeader {
  /** As it is written; names are case-insensitive. */
  readonly name: string;
  readonly value: string;
}

export type BatchHeaders = readonly BatchHeader[];

/**
 * The value of a header; of one that is there more than once the values joined with commas (RFC 7230 3.2.2), which is
 * no way to read `Set-Cookie`. Undefined when it is not there.
 */
export function batchHeaderValue(headers: BatchHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = headers.filter((header) => header.name.toLowerCase() === wanted).map(({ value }) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

/** The headers as a record with names in lower case, repeated ones joined with commas (RFC 7230 3.2.2). */
export function batchHeaderRecord(headers: BatchHeaders): Readonly<Record<string, string>> {
  const values = new Map<string, string[]>();
  for (const { name, value } of headers) {
    const lower = name.toLowerCase();
    const known = values.get(lower);
    if (known === undefined) values.set(lower, [value]);
    else known.push(value);
  }
  // fromEntries defines members, so that "__proto__" is a name like any other.
  return Object.fromEntries([...values].map(([name, list]) => [name, list.join(', ')]));
}

/** The headers without those of these names, which are in lower case. */
export function withoutHeaders(headers: BatchHeaders, names: readonly string[]): BatchHeaders {
  return headers.filter(({ name }) => !names.includes(name.toLowerCase()));
}

/** Headers that follow from the tree: the writers make them and the readers take them away. */
export const derivedHeaders = ['content-id', 'content-length', 'content-transfer-encoding'] as const;

/** `token` (RFC 7230 3.2.6): the names of headers and methods. */
export const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a text has control characters of ASCII other than the tab, which no header may hold (RFC 7230 3.2). */
export function holdsControls(text: string): boolean {
  return /[^\P{Cc}\t\u0080-\u009f]/u.test(text);
}
