/** Time, randomness, environment, sockets and state pass through the seams and nowhere else. */

import { expect, test } from 'vitest';
import { isTestFile, sourceFiles, withoutComments } from './source-files.ts';

interface Seam {
  readonly rule: string;
  readonly pattern: RegExp;
  /** Files that may, by the start of their path. */
  readonly allowed: readonly string[];
}

const seams: readonly Seam[] = [
  {
    rule: 'only base reads the clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/g,
    allowed: ['src/base/', 'src/ui/'],
  },
  {
    rule: 'only base sets timers',
    pattern: /\b(?:setTimeout|setInterval|setImmediate)\(/g,
    allowed: ['src/base/', 'src/ui/'],
  },
  {
    rule: 'only base makes random values',
    pattern: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bgetRandomValues\(/g,
    allowed: ['src/base/'],
  },
  { rule: 'only env.ts reads the environment', pattern: /\bprocess\.env\b/g, allowed: ['src/server/config/env.ts'] },
  { rule: 'nobody uses the global fetch', pattern: /(?<![.\w])fetch\(/g, allowed: ['src/ui/'] },
  { rule: 'only the command line ends the process', pattern: /\bprocess\.exit\(/g, allowed: ['src/cli/'] },
  { rule: 'only the command line writes to the console', pattern: /\bconsole\.\w+\(/g, allowed: ['src/cli/'] },
  { rule: 'no module holds mutable state', pattern: /^(?:export\s+)?let\s/gm, allowed: [] },
];

const files = sourceFiles('src').filter((file) => !isTestFile(file.path));

for (const seam of seams) {
  test(seam.rule, () => {
    const violations = files
      .filter((file) => !seam.allowed.some((allowed) => file.path.startsWith(allowed)))
      .flatMap((file) => {
        const text = withoutComments(file.text);
        return [...text.matchAll(seam.pattern)].map(
          (match) => `${file.path}:${text.slice(0, match.index).split('\n').length} ${match[0]}`,
        );
      });
    expect(violations).toEqual([]);
  });
}
