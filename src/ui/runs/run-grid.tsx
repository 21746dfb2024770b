/** The grid of runs. */

import { mergeClasses } from '@fluentui/react-components';
import { useState } from 'react';
import { Link as RouteLink, useLocation } from 'wouter';
import type { RunAnswer } from '../../server/wire.ts';
import { formatAge, formatInstant, formatSpan } from '../format.ts';
import { Grid } from '../parts/grid.tsx';
import { useGridStyles } from '../parts/grid-styles.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { useRowKeys } from '../parts/use-row-keys.ts';
import { text } from '../text.ts';

/** Runs as rows; a row opens its run by click or Enter. Ages are counted up to `nowMs`. */
export function RunGrid({ runs, nowMs }: { readonly runs: readonly RunAnswer[]; readonly nowMs: number }) {
  const grid = useGridStyles();
  const [, navigate] = useLocation();
  const [focused, setFocused] = useState<string | undefined>();
  const keys = useRowKeys({
    count: runs.length,
    onOpen: (index) => {
      const run = runs[index];
      if (run !== undefined) navigate(runAddress(run));
    },
  });
  const tabStop = Math.max(
    0,
    runs.findIndex((run) => run.id === focused),
  );
  return (
    <Grid name={text.runs.gridName} heads={Object.values(text.runs.columns)} rowsRef={keys.rowsRef}>
      {runs.map((run, index) => (
        <tr
          key={run.id}
          className={grid.row}
          tabIndex={index === tabStop ? 0 : -1}
          onFocus={() => setFocused(run.id)}
          onKeyDown={(event) => keys.onKeyDown(event, index)}
          onClick={(event) => {
            // A click on the link itself is the link's, with all that browsers do for links.
            if (!(event.target instanceof HTMLAnchorElement)) navigate(runAddress(run));
          }}
        >
          <RunCells run={run} nowMs={nowMs} />
        </tr>
      ))}
    </Grid>
  );
}

function RunCells({ run, nowMs }: { readonly run: RunAnswer; readonly nowMs: number }) {
  const grid = useGridStyles();
  const { status, startTime, endTime, code } = run.properties;
  const flow = flowOf(run);
  return (
    <>
      <td className={grid.cell}>
        <StatusBadge status={status} />
      </td>
      <td className={grid.cell}>{flow}</td>
      <td className={grid.cell}>
        <time dateTime={startTime} title={formatInstant(startTime)}>
          {formatAge(startTime, nowMs)}
        </time>
      </td>
      <td className={mergeClasses(grid.cell, grid.numberCell)}>
        {endTime === undefined ? text.none : formatSpan(startTime, endTime)}
      </td>
      <td className={mergeClasses(grid.cell, grid.wireName)}>{code ?? text.none}</td>
      <td className={mergeClasses(grid.cell, grid.wireName)}>
        <RouteLink
          className={grid.link}
          href={runAddress(run)}
          tabIndex={-1}
          aria-label={text.runs.open(flow, run.name)}
        >
          {run.name}
        </RouteLink>
      </td>
    </>
  );
}

/** The id is `/workflows/{flow}/runs/{run}`, each part encoded. */
function flowOf(run: RunAnswer): string {
  return decodeURIComponent(run.id.split('/')[2] ?? '');
}

function runAddress(run: RunAnswer): string {
  return `/flows/${encodeURIComponent(flowOf(run))}/runs/${encodeURIComponent(run.name)}`;
}
