/** Comments, CDATA sections and processing instructions (XML 1.0 2.5–2.8). */

import { isName } from './character-data.ts';

/** What stands between `<` and its end. */
export interface Markup {
  readonly kind: 'comment' | 'section' | 'instruction' | 'declaration';
  /** Offset behind it. */
  readonly end: number;
  readonly problem?: string;
}

/** The comment, section, instruction or XML declaration at `start`; undefined when it is cut off. */
export function endOfMarkup(bytes: Uint8Array, start: number, end: number): Markup | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const kind = kindAt(buffer, start);
  if (kind === undefined)
    return end - start >= 9 ? { kind: 'comment', end, problem: 'what begins here is not XML' } : undefined;
  if (kind === 'doctype') {
    return { kind: 'comment', end, problem: 'a document type declaration is not allowed' };
  }
  const [opening, closing] = delimiters[kind];
  const found = buffer.indexOf(closing, start + opening.length, 'latin1');
  if (found === -1) return undefined;
  const content = buffer.toString('utf8', start + opening.length, found);
  const isDeclaration = kind === 'instruction' && /^xml(?:[ \t\r\n]|$)/i.test(content);
  const problem = isDeclaration ? declarationProblem(content) : contentProblem(kind, content);
  return {
    kind: isDeclaration ? 'declaration' : kind,
    end: found + closing.length,
    ...(problem === undefined ? {} : { problem }),
  };
}

const delimiters = {
  comment: ['<!--', '-->'],
  section: ['<![CDATA[', ']]>'],
  instruction: ['<?', '?>'],
} as const;

function kindAt(buffer: Buffer, start: number): keyof typeof delimiters | 'doctype' | undefined {
  const opening = buffer.toString('latin1', start, Math.min(start + 9, buffer.length));
  if (opening.startsWith('<?')) return 'instruction';
  if (opening.startsWith('<!--')) return 'comment';
  if (opening === '<![CDATA[') return 'section';
  return opening === '<!DOCTYPE' ? 'doctype' : undefined;
}

function contentProblem(kind: keyof typeof delimiters, content: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them.
  const wrong = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.exec(content);
  if (wrong !== null) return `there is the character with code ${wrong[0].charCodeAt(0)}`;
  if (kind === 'comment' && (content.includes('--') || content.endsWith('-'))) return "'--' stands in a comment";
  if (kind === 'instruction' && !isTarget(content.split(/[ \t\r\n]/, 1)[0] ?? '')) return 'an instruction has no name';
  return undefined;
}

/** A name without a colon (XML Namespaces 1.0 7). */
function isTarget(text: string): boolean {
  return /^[A-Za-z_\u0080-\u{10ffff}][-.\w\u0080-\u{10ffff}]*$/u.test(text) && isName(text);
}

function declarationProblem(content: string): string | undefined {
  const match =
    /^xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])([A-Za-z][\w.-]*)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*$/.exec(
      content,
    );
  if (match === null) return 'the XML declaration is not valid';
  const encoding = match[3] ?? 'utf-8';
  return /^(?:utf-8|us-ascii)$/i.test(encoding) ? undefined : `its encoding is '${encoding}'; expected UTF-8`;
}
