/** How a JSON payload is written: what its media type says. */

import { type MediaType, parseMediaTypes } from '../../media-type.ts';

/** Which version of OData names are spelled by: `@odata.etag` in 4.0, `@etag` in 4.01. */
export type PayloadVersion = '4.0' | '4.01';

/** How much control information there is (OData JSON 4.01 3.1). */
export type MetadataLevel = 'minimal' | 'full' | 'none';

export interface JsonFormat {
  readonly metadata: MetadataLevel;
  /** Edm.Int64, Edm.Decimal and counts as texts (OData JSON 4.01 3.2). */
  readonly ieee754Compatible: boolean;
  /** Whether decimals may have an exponent in 4.0, as they may in 4.01 anyway (OData JSON 4.01 3.2). */
  readonly exponentialDecimals: boolean;
  /** Whether control information stands before what it is about (OData JSON 4.01 4.4). */
  readonly streaming: boolean;
}

/** What is written where nothing else is asked for. */
export const defaultJsonFormat: JsonFormat = Object.freeze({
  metadata: 'minimal',
  ieee754Compatible: false,
  exponentialDecimals: false,
  streaming: false,
});

/**
 * The JSON format that an Accept header, a Content-Type or `$format` asks for, with parameter names as 4.0 and 4.01
 * spell them; `json` and nothing at all are JSON too (OData JSON 4.01 3, OData 4.01 Protocol 11.2.12). Undefined when
 * none of them is JSON that can be written. Raises ODATA_SYNTAX and LIMIT_EXCEEDED.
 */
export function formatOf(text: string | undefined): JsonFormat | undefined {
  const plain = text?.trim() ?? '';
  if (plain === '' || plain === 'json') return defaultJsonFormat;
  if (plain === 'atom' || plain === 'xml') return undefined;
  const wanted = parseMediaTypes(plain)
    .map((mediaType) => ({ mediaType, quality: qualityOf(mediaType) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((left, right) => right.quality - left.quality);
  for (const { mediaType } of wanted) {
    const format = jsonFormat(mediaType);
    if (format !== undefined) return format;
  }
  return undefined;
}

/** The media type of a format: `application/json;odata.metadata=minimal`, without `odata.` in 4.01. */
export function printFormat(format: Partial<JsonFormat>, version: PayloadVersion = '4.0'): string {
  const { metadata, ieee754Compatible, exponentialDecimals, streaming } = { ...defaultJsonFormat, ...format };
  const prefix = version === '4.0' ? 'odata.' : '';
  return [
    'application/json',
    `${prefix}metadata=${metadata}`,
    ...(streaming ? [`${prefix}streaming=true`] : []),
    ...(ieee754Compatible ? ['IEEE754Compatible=true'] : []),
    ...(exponentialDecimals ? ['ExponentialDecimals=true'] : []),
  ].join(';');
}

function qualityOf({ parameters }: MediaType): number {
  const quality = Number(parameters.q ?? 1);
  return quality >= 0 && quality <= 1 ? quality : 0;
}

function jsonFormat({ type, parameters }: MediaType): JsonFormat | undefined {
  if (type !== 'application/json' && type !== 'application/*' && type !== '*/*') return undefined;
  const metadata = parameter(parameters, 'metadata') ?? 'minimal';
  // `odata=verbose` and its like are of version 3.
  if ((metadata !== 'minimal' && metadata !== 'full' && metadata !== 'none') || parameters.odata !== undefined) {
    return undefined;
  }
  return {
    metadata,
    ieee754Compatible: parameters.ieee754compatible?.toLowerCase() === 'true',
    exponentialDecimals: parameters.exponentialdecimals?.toLowerCase() === 'true',
    streaming: parameter(parameters, 'streaming') === 'true',
  };
}

function parameter(parameters: MediaType['parameters'], name: string): string | undefined {
  return (parameters[`odata.${name}`] ?? parameters[name])?.toLowerCase();
}
