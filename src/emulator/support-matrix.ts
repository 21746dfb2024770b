/** The support matrix: every route and every option, as the page docs/reference/emulator.md prints them. */

import { dataverseRoutes } from './dataverse/routes.ts';
import { fnoRoutes, otherFnoPaths } from './fno/routes.ts';
import type { OptionTable } from './option-table.ts';
import { dataverseOptions, fnoOptions, generalOptions, sampleOptions } from './options.ts';
import type { PathShape } from './routing/path-target.ts';
import { notImplementedPrefix } from './wire/refusal.ts';

/** One route and what the emulator does with it. */
export interface SupportEntry {
  readonly surface: 'identity' | 'dataverse' | 'fno';
  readonly method: string;
  readonly path: string;
  /** False: answered 501 with `code`. */
  readonly isSupported: boolean;
  readonly summary: string;
  readonly code?: string;
}

const paths: Readonly<Record<PathShape, string>> = {
  service: '',
  metadata: '$metadata',
  batch: '$batch',
  set: '{set}',
  'set/$count': '{set}/$count',
  'set/operation': '{set}/{namespace}.{operation}',
  row: '{set}({key})',
  'row/operation': '{set}({key})/{namespace}.{operation}',
  'row/property': '{set}({key})/{property}',
  'row/property/$value': '{set}({key})/{property}/$value',
  'row/navigation': '{set}({key})/{navigation}',
  'row/navigation/$count': '{set}({key})/{navigation}/$count',
  'row/navigation/$ref': '{set}({key})/{navigation}/$ref',
  'row/navigation(key)': '{set}({key})/{navigation}({key})',
  'row/navigation(key)/$ref': '{set}({key})/{navigation}({key})/$ref',
  operation: '{operation}',
};

const identityEntries: readonly SupportEntry[] = [
  {
    surface: 'identity',
    method: 'POST',
    path: '/{tenant}/oauth2/v2.0/token',
    isSupported: true,
    summary: 'Client credentials with a secret, in the form or by HTTP Basic; not client assertions',
  },
  {
    surface: 'identity',
    method: 'GET',
    path: '/{tenant}/v2.0/.well-known/openid-configuration',
    isSupported: true,
    summary: 'Discovery document',
  },
  {
    surface: 'identity',
    method: 'GET',
    path: '/{tenant}/discovery/v2.0/keys',
    isSupported: true,
    summary: 'Signing keys',
  },
  {
    surface: 'identity',
    method: 'POST',
    path: '/{tenant}/oauth2/token',
    isSupported: false,
    summary: 'The v1 token endpoint',
    code: `${notImplementedPrefix}Identity`,
  },
];

/** Every route of the emulator. */
export function supportMatrix(): readonly SupportEntry[] {
  return [
    ...identityEntries,
    ...dataverseRoutes.map((route) => entryOf('dataverse', '/api/data/v9.2/', route)),
    ...fnoRoutes.map((route) => entryOf('fno', '/data/', route)),
    ...otherFnoPaths.map(({ prefix, feature }) => ({
      surface: 'fno' as const,
      method: 'any',
      path: prefix,
      isSupported: false,
      summary: 'Other services of F&O',
      code: notImplementedPrefix + feature,
    })),
  ];
}

/** The page docs/reference/emulator.md. */
export function supportPage(): string {
  const surfaces = [
    ['identity', 'Identity, at every environment'],
    ['dataverse', 'Dataverse (`contoso-dataverse`), also at v9.0 and v9.1'],
    ['fno', 'Finance & Operations (`contoso-fno`)'],
  ] as const;
  const options = [
    ['', 'All environments', generalOptions],
    ['sample.', 'Sample data', sampleOptions],
    ['dataverse.', 'Dataverse', dataverseOptions],
    ['fno.', 'Finance & Operations', fnoOptions],
  ] as const;
  return [
    '# Emulator',
    '',
    'Generated from the routes and options of `src/emulator`; do not edit by hand.',
    '',
    'What is not supported is answered with status 501 and the code named here; what the real service refuses is refused',
    'with its status and its words. Where the behaviour of the service is not known, an option decides.',
    '',
    '## Routes',
    ...surfaces.flatMap(([surface, title]) => ['', `### ${title}`, '', ...routeTable(surface)]),
    '',
    '## Options',
    ...options.flatMap(([prefix, title, table]) => ['', `### ${title}`, '', ...optionTable(prefix, table)]),
    '',
  ].join('\n');
}

function entryOf(
  surface: 'dataverse' | 'fno',
  root: string,
  route: { method: string; shape: PathShape; summary: string; handle?: unknown; feature?: string },
): SupportEntry {
  const isSupported = route.handle !== undefined;
  return {
    surface,
    method: route.method,
    path: root + paths[route.shape],
    isSupported,
    summary: route.summary,
    ...(isSupported ? {} : { code: notImplementedPrefix + (route.feature ?? route.shape) }),
  };
}

function routeTable(surface: SupportEntry['surface']): readonly string[] {
  const rows = supportMatrix()
    .filter((entry) => entry.surface === surface)
    .map(({ method, path, isSupported, code, summary }) => {
      return `| ${method} | \`${path}\` | ${isSupported ? 'yes' : `501 \`${code}\``} | ${summary} |`;
    });
  return ['| Method | Path | Supported | What |', '| --- | --- | --- | --- |', ...rows];
}

function optionTable(prefix: string, table: OptionTable): readonly string[] {
  const rows = Object.entries(table).map(([name, entry]) => {
    const values = entry.kind === 'choice' ? ` One of ${entry.choices.map((value) => `\`${value}\``).join(', ')}.` : '';
    const fallback = entry.kind === 'keys' ? JSON.stringify(entry.default) : String(entry.default);
    return `| \`${prefix}${name}\` | \`${fallback}\` | ${entry.meaning}${values} |`;
  });
  return ['| Option | Default | Meaning |', '| --- | --- | --- |', ...rows];
}
