/** The grid of a run's trigger and actions. */

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import { formatInstant, formatSpan, formatTime } from '../format.ts';
import { Grid } from '../parts/grid.tsx';
import { useGridStyles } from '../parts/grid-styles.ts';
import { isFailure, StatusBadge } from '../parts/status-badge.tsx';
import { useRowKeys } from '../parts/use-row-keys.ts';
import { text } from '../text.ts';
import type { RunPart } from './run-part.ts';

const useStyles = makeStyles({
  nameCell: { maxInlineSize: '220px' },
  name: { display: 'inline-flex', alignItems: 'center', gap: '6px', fontWeight: tokens.fontWeightSemibold },
});

interface PartGridProps {
  readonly parts: readonly RunPart[];
  readonly selected: RunPart | undefined;
  readonly onSelect: (part: RunPart) => void;
}

/** Trigger and actions as rows. The selected row is the tab stop; arrows move the selection, N and P along failures. */
export function PartGrid({ parts, selected, onSelect }: PartGridProps) {
  const grid = useGridStyles();
  function selectAt(index: number): void {
    const part = parts[index];
    if (part !== undefined) onSelect(part);
  }
  const keys = useRowKeys({ count: parts.length, onMove: selectAt, onOpen: selectAt });
  function onFailureKey(key: string, index: number): void {
    const next = key === 'n' ? nextFailure(parts, index, 1) : key === 'p' ? nextFailure(parts, index, -1) : undefined;
    if (next === undefined) return;
    keys.rowsRef.current?.rows[next]?.focus();
    selectAt(next);
  }
  return (
    <Grid name={text.run.actionsGrid} heads={Object.values(text.run.columns)} rowsRef={keys.rowsRef}>
      {parts.map((part, index) => (
        <tr
          key={`${part.kind} ${part.name}`}
          className={mergeClasses(grid.row, part === selected && grid.selectedRow)}
          aria-selected={part === selected}
          tabIndex={part === selected ? 0 : -1}
          onClick={() => onSelect(part)}
          onKeyDown={(event) => {
            keys.onKeyDown(event, index);
            if (!event.ctrlKey && !event.altKey && !event.metaKey) onFailureKey(event.key.toLowerCase(), index);
          }}
        >
          <PartCells part={part} />
        </tr>
      ))}
    </Grid>
  );
}

/** Index of the next failed part in a direction, wrapping around; undefined when none failed. */
export function nextFailure(parts: readonly RunPart[], from: number, step: 1 | -1): number | undefined {
  for (let moved = 1; moved <= parts.length; moved += 1) {
    const index = (from + step * moved + parts.length) % parts.length;
    const part = parts[index];
    if (part !== undefined && isFailure(part.status)) return index;
  }
  return undefined;
}

function PartCells({ part }: { readonly part: RunPart }) {
  const grid = useGridStyles();
  const styles = useStyles();
  const { startTime, endTime } = part;
  return (
    <>
      <td className={grid.cell}>
        <StatusBadge status={part.status} retries={part.retries.length} />
      </td>
      <td className={mergeClasses(grid.cell, styles.nameCell)} title={part.name}>
        <span className={styles.name}>
          {part.kind === 'trigger' && <FlashRegular fontSize={16} aria-label={text.run.trigger} />}
          {part.name}
        </span>
      </td>
      <td className={mergeClasses(grid.cell, grid.numberCell)}>
        {startTime === undefined ? (
          text.none
        ) : (
          <time dateTime={startTime} title={formatInstant(startTime)}>
            {formatTime(Date.parse(startTime))}
          </time>
        )}
      </td>
      <td className={mergeClasses(grid.cell, grid.numberCell)}>
        {startTime === undefined || endTime === undefined ? text.none : formatSpan(startTime, endTime)}
      </td>
      <td className={mergeClasses(grid.cell, grid.narrowCell, grid.wireName)} title={part.code}>
        {part.code ?? text.none}
      </td>
    </>
  );
}
