/** Control information of full metadata that follows from the type and key of a row. */

import type { KeyValue } from '../../literal/literal.ts';
import type { EntityType, NavigationProperty } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { keyPredicateOf } from '../../uri/key-predicate-of.ts';
import { printKeyParts } from '../../uri/print/key-predicate.ts';
import { control, controlName } from '../member-name.ts';
import type { InstanceType } from '../values/instance-type.ts';
import type { PrintContext, RowOrigin } from './print-context.ts';

export interface ComputedControls {
  /** Members at the begin of the row: type, id, edit link, and that of the media. */
  readonly row: readonly string[];
  /** Navigation and association link of a navigation property, edit link of a stream, before the value. */
  links(name: string): readonly string[];
  /** The same for what the row does not have. */
  rest(): readonly string[];
  /** Where related rows are, when that is known. */
  collection(navigation: NavigationProperty): string | undefined;
}

/** What full metadata has besides (OData JSON 4.01 4.5.3, 4.5.8, 4.5.9, 4.5.12, 8.1, 8.2). What the row says itself is left out. */
export function computedControls(
  row: Row,
  type: InstanceType,
  origin: RowOrigin,
  context: PrintContext,
): ComputedControls {
  const url = type.kind === 'entityType' ? entityUrl(row, type, origin) : undefined;
  const cast = origin.type !== undefined && origin.type !== type ? `/${type.qualifiedName}` : '';
  const editLink = url === undefined ? undefined : url + cast;
  const seen = new Set<string>();
  const text = (target: string, term: string, value: string | undefined) => {
    if (value === undefined || control(row, term, target) !== undefined) return [];
    return [`${JSON.stringify(controlName(target, term, context.version))}:${JSON.stringify(value)}`];
  };
  const isMedia = type.kind === 'entityType' && type.hasStream;
  const links = (name: string) => {
    if (editLink === undefined || seen.has(name)) return [];
    seen.add(name);
    const link = `${editLink}/${encodeURIComponent(name)}`;
    if (type.property(name)?.type === 'Edm.Stream') return text(name, 'mediaEditLink', link);
    if (type.navigationProperty(name) === undefined) return [];
    return [...text(name, 'associationLink', `${link}/$ref`), ...text(name, 'navigationLink', link)];
  };
  return {
    row: [
      ...text('', 'type', `#${type.qualifiedName}`),
      ...text('', 'id', url === undefined ? undefined : context.serviceRoot + url),
      ...text('', 'editLink', editLink),
      ...(isMedia ? text('', 'mediaEditLink', editLink && `${editLink}/$value`) : []),
    ],
    links,
    rest() {
      const streams = type.properties.filter((property) => property.type === 'Edm.Stream');
      return [...streams, ...type.navigationProperties].flatMap(({ name }) => links(name));
    },
    collection(navigation) {
      if (navigation.containsTarget) {
        return editLink === undefined || !navigation.isCollection ? undefined : `${editLink}/${navigation.name}`;
      }
      const set = origin.collection === undefined ? undefined : context.model?.entitySet(origin.collection);
      const bindings = set?.navigationBindings ?? [];
      const target = bindings.find(
        ({ path }) => path === navigation.name || path.endsWith(`/${navigation.name}`),
      )?.target;
      return target?.includes('/') === true ? undefined : target;
    },
  };
}

/** The canonical URL of a row; undefined when its key is not complete. */
function entityUrl(row: Row, type: EntityType, { collection }: RowOrigin): string | undefined {
  if (collection === undefined || type.key.length === 0) return undefined;
  const key: [string, KeyValue][] = [];
  for (const { path, alias } of type.keyParts) {
    const value = row[path];
    if (value === undefined || value === null || typeof value === 'object') return undefined;
    key.push([alias ?? path, value]);
  }
  try {
    return collection + printKeyParts(keyPredicateOf(Object.fromEntries(key), type), encodeURIComponent);
  } catch {
    // A key of the wrong type identifies nothing; the row is written without what follows from it.
    return undefined;
  }
}
