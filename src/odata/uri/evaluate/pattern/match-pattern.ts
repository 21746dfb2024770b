/**
 * Tests texts against the patterns of `matchesPattern` in time proportional to the text: all ways to match are followed
 * side by side, one character after the other, so that no pattern makes it try again and again.
 */

import { checkLimit } from '../../../../base/limits.ts';
import { type PatternNode, parsePattern, patternLimits } from './parse-pattern.ts';

/** What is to be done next; the numbers are those of further states. */
type State =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'assertion'; readonly name: 'start' | 'end' | 'boundary' | 'inside'; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'match' };

/**
 * A test for texts that hold a match of the pattern (OData 4.01 URL 5.1.1.7.1). Raises ODATA_LITERAL_INVALID for a
 * pattern that is none, and for back references and assertions that look around; LIMIT_EXCEEDED.
 */
export function patternTest(source: string, flags = ''): (text: string) => boolean {
  const states: State[] = [{ kind: 'match' }];
  const begin = emit(parsePattern(source, flags), 0, states);
  const isMultiline = flags.includes('m');
  const isUnicode = flags.includes('u');
  return (text) => holdsMatch(isUnicode ? [...text] : text, begin, states, isMultiline);
}

/** Adds the states of a node in front of the state `next`; gives the first of them. */
function emit(node: PatternNode, next: number, states: State[]): number {
  checkLimit('patternStatesMax', patternLimits.patternStatesMax, states.length, 'The number of states of a pattern');
  switch (node.kind) {
    case 'character':
    case 'assertion':
      return states.push({ ...node, next }) - 1;
    case 'sequence':
      return node.nodes.reduceRight((behind, part) => emit(part, behind, states), next);
    case 'alternatives':
      return states.push({ kind: 'fork', next: node.nodes.map((part) => emit(part, next, states)) }) - 1;
    case 'repeat':
      return emitRepeat(node, next, states);
  }
}

function emitRepeat(node: PatternNode & { readonly kind: 'repeat' }, next: number, states: State[]): number {
  const { min, max } = node;
  const copies = Number.isFinite(max) ? max : min;
  checkLimit('patternStatesMax', patternLimits.patternStatesMax, copies, 'The number of states of a pattern');
  let first = next;
  if (max === Number.POSITIVE_INFINITY) {
    const turns: number[] = [];
    first = states.push({ kind: 'fork', next: turns }) - 1;
    turns.push(emit(node.node, first, states), next);
  } else {
    for (let copy = min; copy < max; copy += 1) {
      first = states.push({ kind: 'fork', next: [emit(node.node, first, states), next] }) - 1;
    }
  }
  for (let copy = 0; copy < min; copy += 1) first = emit(node.node, first, states);
  return first;
}

function holdsMatch(
  text: string | readonly string[],
  begin: number,
  states: readonly State[],
  isMultiline: boolean,
): boolean {
  const seenAt = new Int32Array(states.length).fill(-1);
  let current: number[] = [];
  for (let position = 0; position <= text.length; position += 1) {
    const waiting: number[] = [];
    // A match may begin at every position.
    current.push(begin);
    for (let number = current.pop(); number !== undefined; number = current.pop()) {
      if (seenAt[number] === position) continue;
      seenAt[number] = position;
      const state = states[number];
      if (state === undefined || state.kind === 'match') return true;
      if (state.kind === 'fork') current.push(...state.next);
      else if (state.kind === 'character') waiting.push(number);
      else if (isAsserted(state.name, text, position, isMultiline)) current.push(state.next);
    }
    const character = text[position];
    if (character === undefined) return false;
    current = advance(waiting, character, states);
  }
  return false;
}

function advance(waiting: readonly number[], character: string, states: readonly State[]): number[] {
  const next: number[] = [];
  for (const number of waiting) {
    const state = states[number];
    if (state?.kind === 'character' && state.test(character)) next.push(state.next);
  }
  return next;
}

function isAsserted(
  name: 'start' | 'end' | 'boundary' | 'inside',
  text: string | readonly string[],
  position: number,
  isMultiline: boolean,
): boolean {
  const before = text[position - 1];
  const after = text[position];
  if (name === 'start') return before === undefined || (isMultiline && lineEnd.test(before));
  if (name === 'end') return after === undefined || (isMultiline && lineEnd.test(after));
  return (isWord(before) !== isWord(after)) === (name === 'boundary');
}

const lineEnd = /[\n\r\u2028\u2029]/;

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}
