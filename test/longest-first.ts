/** Starts the tests that take longest first, so that none of them runs alone at the end. */

import { BaseSequencer, type TestSpecification } from 'vitest/node';

const long = [/^test\/crash\//, /\/embedded-postgres\.process\./, /^test\/e2e\//, /\.process\.test\.ts$/];

/** The order of the runner, with the files of `long` in front. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((left, right) => this.#rank(left) - this.#rank(right));
  }

  #rank({ moduleId }: TestSpecification): number {
    const path = moduleId.slice(this.ctx.config.root.length + 1).replaceAll('\\', '/');
    const rank = long.findIndex((pattern) => pattern.test(path));
    return rank === -1 ? long.length : rank;
  }
}
