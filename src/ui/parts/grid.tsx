/** A grid made of table elements, with one row per thing and a named column per fact. */

import type { ReactNode, RefObject } from 'react';
import { useGridStyles } from './grid-styles.ts';

/** Head and body of a grid; the rows are its children. */
export function Grid(props: {
  readonly name: string;
  readonly heads: readonly string[];
  readonly rowsRef: RefObject<HTMLTableSectionElement | null>;
  readonly children: ReactNode;
}) {
  const grid = useGridStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows grid on table, and its rows take keys
    <table role="grid" aria-label={props.name} className={grid.table}>
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} scope="col" className={grid.headCell}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={props.rowsRef}>{props.children}</tbody>
    </table>
  );
}
