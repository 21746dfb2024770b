/** Addresses of operations in definitions: path templates, and their segments that are URL-encoded twice. */

import { RialtoError } from '../base/errors.ts';
import type { OperationAddress } from './contract.ts';
import { inputError } from './input-error.ts';

/** Something that a connector offers at one or more addresses. */
export interface Addressed {
  readonly id: string;
  readonly addresses: readonly OperationAddress[];
}

export interface AddressMatch<Item> {
  readonly item: Item;
  /** Variable segments by name, still encoded as the definition encoded them. */
  readonly encoded: Readonly<Record<string, string>>;
}

/**
 * The item that stands at this method and path. The words of a template are compared without regard to case, as the
 * managed connectors do.
 * Raises OPERATION_UNKNOWN, which lists what stands there.
 */
export function findAddress<Item extends Addressed>(
  items: readonly Item[],
  call: { readonly method: string; readonly path: string },
  what: string,
): AddressMatch<Item> {
  const segments = segmentsOf(call.path);
  const method = call.method.toLowerCase();
  const atPath: string[] = [];
  for (const item of items) {
    for (const address of item.addresses) {
      const encoded = matchTemplate(segmentsOf(address.path), segments);
      if (encoded === undefined) continue;
      if (address.method === method) return { item, encoded };
      atPath.push(`${address.method} (${item.id})`);
    }
  }
  const known = items.flatMap((item) => item.addresses.map((address) => `${address.method} ${address.path}`));
  const hint =
    atPath.length > 0
      ? `At this path there is ${atPath.join(', ')}.`
      : known.length > 0
        ? `It has: ${known.join('; ')}.`
        : 'It has none.';
  throw new RialtoError('OPERATION_UNKNOWN', `${what} at '${method} ${call.path}'. ${hint}`);
}

/**
 * Reads variable segments that were URL-encoded twice (`x-ms-url-encoding: double`); a segment that was encoded once
 * reads the same as long as its value holds no `%`.
 * Raises OPERATION_INPUT_INVALID.
 */
export function decodeSegments(encoded: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(encoded).map(([name, text]) => [name, decodeTwice(name, text)]));
}

/** Writes a path as the designers write it: every variable segment URL-encoded twice. Raises OPTION_INVALID. */
export function printAddressPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^{}]+)\}/g, (_placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RialtoError('OPTION_INVALID', `No value for '${name}' of '${template}'.`);
    return encodeURIComponent(encodeURIComponent(value));
  });
}

function segmentsOf(path: string): readonly string[] {
  return (path.startsWith('/') ? path.slice(1) : path).split('/');
}

function matchTemplate(
  template: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (template.length !== segments.length) return undefined;
  const encoded: Record<string, string> = {};
  for (const [index, word] of template.entries()) {
    const segment = segments[index] ?? '';
    if (word.startsWith('{')) {
      const name = word.slice(1, -1);
      // Exported definitions with a scrubbed environment have an empty dataset: `/datasets//tables/…`.
      if (segment === '' && name !== 'dataset') return undefined;
      encoded[name] = segment;
    } else if (word.toLowerCase() !== segment.toLowerCase()) {
      return undefined;
    }
  }
  return encoded;
}

function decodeTwice(name: string, text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch (cause) {
    throw inputError(
      `/${name}`,
      `'${text}' is not URL-encoded twice, as in encodeURIComponent(encodeURIComponent(…)).`,
      cause,
    );
  }
}
