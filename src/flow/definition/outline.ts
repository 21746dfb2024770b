/**
 * The outline of a definition: all actions of all depths, of whatever type, with their names, places and order. It is
 * what names in expressions and in runAfter are checked against.
 */

import { jsonPointer } from '../../base/json.ts';
import { describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../expression/index.ts';
import { actionTypeNames, findActionType } from './action-types.ts';
import type { RunAfterStatus } from './definition.ts';
import { actionsMax, nameLengthMax, nestingDepthMax } from './limits.ts';
import type { Problems } from './problems.ts';

export interface OutlineNode {
  readonly name: string;
  readonly pointer: string;
  /** As the catalogue spells it. */
  readonly type: string;
  readonly source: ObjectValue;
  readonly runAfter: ReadonlyMap<string, readonly RunAfterStatus[]>;
  /** Name of the action that holds it; undefined at the top. */
  readonly parent: string | undefined;
  readonly groups: readonly OutlineGroup[];
}

/** One map of actions: the root, a scope, one branch. */
export interface OutlineGroup {
  readonly pointer: string;
  readonly nodes: readonly OutlineNode[];
}

export interface Outline {
  readonly root: OutlineGroup;
  readonly byName: ReadonlyMap<string, OutlineNode>;
  /** The spelling of each name by its lower case. */
  readonly spelling: ReadonlyMap<string, string>;
  /** Filled as it is asked for: the names of all that have ended when an action starts. */
  readonly predecessors: Map<string, ReadonlySet<string>>;
}

/** Reads the outline below the member `actions`, and reports names, types, nesting and runAfter that are wrong. */
export function readOutline(actions: Value | undefined, pointer: string, problems: Problems): Outline {
  const reader: Reader = { byName: new Map(), lowerNames: new Map(), strangers: [], problems };
  const root = readGroup(reader, actions ?? new Map(), { pointer, parent: undefined, depth: 1 });
  if (reader.byName.size > actionsMax) {
    problems.invalid(pointer, `There are ${reader.byName.size} actions; at most ${actionsMax} are allowed.`);
  }
  for (const stranger of reader.strangers) reportStranger(reader, stranger);
  return { root, byName: reader.byName, spelling: reader.lowerNames, predecessors: new Map() };
}

/** The action of a name: exact first, then without regard to case. */
export function findNode(outline: Outline, name: string): OutlineNode | undefined {
  const exact = outline.byName.get(name);
  if (exact !== undefined) return exact;
  return outline.byName.get(outline.spelling.get(name.toLowerCase()) ?? '');
}

interface Reader {
  readonly byName: Map<string, OutlineNode>;
  readonly lowerNames: Map<string, string>;
  /** Names in runAfter that no sibling has; where they stand is known when all is read. */
  readonly strangers: Stranger[];
  readonly problems: Problems;
}

interface Stranger {
  readonly name: string;
  readonly written: string;
  readonly pointer: string;
  readonly siblings: Siblings;
}

/** The names of a group: as they are spelt, by lower case. */
type Siblings = ReadonlyMap<string, string>;

interface Place {
  readonly pointer: string;
  readonly parent: string | undefined;
  readonly depth: number;
}

function readGroup(reader: Reader, source: Value, place: Place): OutlineGroup {
  if (!isObjectValue(source)) {
    reader.problems.invalid(place.pointer, `The actions are ${describeValue(source)}; expected an object.`);
    return { pointer: place.pointer, nodes: [] };
  }
  if (place.depth > nestingDepthMax) {
    reader.problems.invalid(place.pointer, `Actions are nested deeper than ${nestingDepthMax} levels.`);
    return { pointer: place.pointer, nodes: [] };
  }
  const nodes: OutlineNode[] = [];
  const siblings: Siblings = new Map([...source.keys()].map((name) => [name.toLowerCase(), name]));
  for (const [name, action] of source) {
    const node = readNode(reader, name, action, { ...place, pointer: place.pointer + jsonPointer([name]) }, siblings);
    if (node !== undefined) nodes.push(node);
  }
  return { pointer: place.pointer, nodes };
}

function readNode(
  reader: Reader,
  name: string,
  source: Value,
  place: Place,
  siblings: Siblings,
): OutlineNode | undefined {
  const { problems } = reader;
  if (!isObjectValue(source)) {
    problems.invalid(place.pointer, `The action '${name}' is ${describeValue(source)}; expected an object.`);
    return undefined;
  }
  checkName('action', name, place.pointer, problems);
  const same = reader.lowerNames.get(name.toLowerCase());
  if (same !== undefined) {
    problems.invalid(place.pointer, `There is another action '${same}'; names are unique in the whole definition.`);
    return undefined;
  }
  reader.lowerNames.set(name.toLowerCase(), name);
  const written = source.get('type');
  const type = typeof written === 'string' ? findActionType(written) : undefined;
  if (typeof written === 'string' && /^condition$/i.test(written)) {
    const remedy = 'Write it as an If; what depends on it goes into its actions.';
    problems.unsupported(`${place.pointer}/type`, 'Condition is a type of the schema of 2015.', remedy);
  } else if (type === undefined) {
    const found = typeof written === 'string' ? `'${written}'` : describeValue(written ?? null);
    const hint = typeof written === 'string' ? problems.hint(written, actionTypeNames()) : '';
    problems.invalid(`${place.pointer}/type`, `The type of the action '${name}' is ${found}, which is none.${hint}`);
  }
  const groups = (type?.groups(source) ?? []).map(({ path, actions }) =>
    readGroup(reader, actions, { pointer: place.pointer + jsonPointer(path), parent: name, depth: place.depth + 1 }),
  );
  const node: OutlineNode = {
    name,
    pointer: place.pointer,
    type: type?.name ?? '',
    source,
    runAfter: readRunAfter(reader, name, source.get('runAfter'), `${place.pointer}/runAfter`, siblings),
    parent: place.parent,
    groups,
  };
  reader.byName.set(name, node);
  return node;
}

/** Reports a name that is empty, too long, or cannot be stored. */
export function checkName(what: string, name: string, pointer: string, problems: Problems): void {
  if (name === '') problems.invalid(pointer, `The name of the ${what} is empty.`);
  // Names are keys of the history: PostgreSQL keeps no NUL, and one for all unpaired surrogates.
  if (/[\p{Cc}\p{Cs}]/u.test(name)) {
    problems.invalid(pointer, `The name of the ${what} has a control character or half of a surrogate pair.`);
  }
  if (name.length > nameLengthMax) {
    problems.invalid(
      pointer,
      `The name of the ${what} has ${name.length} characters; at most ${nameLengthMax} are allowed.`,
    );
  }
}

const statuses: ReadonlyMap<string, RunAfterStatus | undefined> = new Map([
  ...(['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] as const).map(
    (status) => [status.toLowerCase(), status] as const,
  ),
  // A legal status that no action ends in here.
  ['aborted', undefined] as const,
]);

function readRunAfter(
  reader: Reader,
  name: string,
  source: Value | undefined,
  pointer: string,
  siblings: Siblings,
): ReadonlyMap<string, readonly RunAfterStatus[]> {
  const { problems } = reader;
  const runAfter = new Map<string, readonly RunAfterStatus[]>();
  if (source === undefined || source === null) return runAfter;
  if (!isObjectValue(source)) {
    problems.invalid(pointer, `runAfter of '${name}' is ${describeValue(source)}; expected an object.`);
    return runAfter;
  }
  for (const [written, list] of source) {
    const at = pointer + jsonPointer([written]);
    const sibling = siblings.get(written.toLowerCase());
    if (sibling === name) problems.invalid(at, `'${name}' runs after '${written}', which is the action itself.`);
    else if (sibling === undefined) reader.strangers.push({ name, written, pointer: at, siblings });
    else runAfter.set(sibling, readStatuses(written, list, at, problems));
  }
  return runAfter;
}

/** A name in runAfter must be that of a sibling (reference 4.2); an action elsewhere is named with its place. */
function reportStranger({ byName, lowerNames, problems }: Reader, stranger: Stranger): void {
  const { name, written, pointer, siblings } = stranger;
  const elsewhere = byName.get(lowerNames.get(written.toLowerCase()) ?? '');
  const hint =
    elsewhere === undefined
      ? `.${problems.hint(written, siblings.values())}`
      : elsewhere.parent === undefined
        ? '; it stands at the top of the definition. Run the action that holds this one after it.'
        : `; it stands inside '${elsewhere.parent}'. Run this action after '${elsewhere.parent}'.`;
  problems.invalid(pointer, `'${name}' runs after '${written}', which is no action beside it${hint}`);
}

function readStatuses(written: string, list: Value, pointer: string, problems: Problems): readonly RunAfterStatus[] {
  if (!isArrayValue(list) || list.length === 0) {
    problems.invalid(pointer, `The statuses of '${written}' are an array of at least one status.`);
    return [];
  }
  return list.flatMap((status, index) => {
    const key = typeof status === 'string' ? status.toLowerCase() : '';
    if (!statuses.has(key)) {
      const found = typeof status === 'string' ? `'${status}'` : describeValue(status);
      problems.invalid(
        `${pointer}/${index}`,
        `${found} is no status; expected Succeeded, Failed, Skipped, TimedOut, Cancelled or Aborted.`,
      );
    }
    return statuses.get(key) ?? [];
  });
}
