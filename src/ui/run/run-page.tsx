/** The page of one run. */

import {
  Breadcrumb,
  BreadcrumbDivider,
  BreadcrumbItem,
  Button,
  makeStyles,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { Link as RouteLink } from 'wouter';
import { type RunDetails, useRun } from '../api/queries.ts';
import { formatInstant, formatSpan, formatTime } from '../format.ts';
import { useGridStyles } from '../parts/grid-styles.ts';
import { ErrorState, LoadingState, StaleBar } from '../parts/states.tsx';
import { isFailure, StatusBadge } from '../parts/status-badge.tsx';
import { useTitle } from '../parts/use-title.ts';
import { text } from '../text.ts';
import { PartDetails } from './part-details.tsx';
import { nextFailure, PartGrid } from './part-grid.tsx';
import { firstFailure, type RunPart, runParts, useSelectedPart } from './run-part.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gap: '16px', padding: '24px', alignContent: 'start' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  title: { margin: 0, overflowWrap: 'anywhere' },
  fact: { color: tokens.colorNeutralForeground2 },
  failures: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 12px',
    paddingBlock: '8px',
    paddingInline: '12px',
    backgroundColor: tokens.colorStatusDangerBackground1,
    borderRadius: tokens.borderRadiusMedium,
  },
  failureName: { fontWeight: tokens.fontWeightSemibold, marginInlineEnd: 'auto' },
  columns: {
    display: 'grid',
    gap: '16px',
    gridTemplateColumns: 'minmax(0, 11fr) minmax(0, 7fr)',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** One run: its state, its trigger and actions, and the details of the selected one. */
export function RunPage({ flow, run }: { readonly flow: string; readonly run: string }) {
  useTitle(`${flow} ${run}`);
  const styles = useStyles();
  const grid = useGridStyles();
  const query = useRun(flow, run);
  const refresh = () => void query.refetch();
  return (
    <div className={styles.page}>
      <Breadcrumb aria-label={text.run.breadcrumb}>
        <BreadcrumbItem>
          <RouteLink href="/runs" className={grid.link}>
            {text.runs.title}
          </RouteLink>
        </BreadcrumbItem>
        <BreadcrumbDivider />
        <BreadcrumbItem>
          <RouteLink href={`/runs?flow=${encodeURIComponent(flow)}`} className={grid.link}>
            {flow}
          </RouteLink>
        </BreadcrumbItem>
        <BreadcrumbDivider />
        <BreadcrumbItem>
          <span className={grid.wireName}>{run}</span>
        </BreadcrumbItem>
      </Breadcrumb>
      {query.data === undefined && query.isError && (
        <ErrorState title={text.run.failed} error={query.error} onRetry={refresh} />
      )}
      {query.data === undefined && query.isPending && <LoadingState />}
      {query.data !== undefined && query.isRefetchError && (
        <StaleBar onRetry={refresh}>{text.run.stale(formatTime(query.dataUpdatedAt))}</StaleBar>
      )}
      {query.data !== undefined && <RunContent flow={flow} details={query.data} />}
    </div>
  );
}

function RunContent({ flow, details }: { readonly flow: string; readonly details: RunDetails }) {
  const styles = useStyles();
  const grid = useGridStyles();
  const parts = runParts(details);
  const { selected, select } = useSelectedPart(parts);
  const { status, startTime, endTime, waitEndTime, code, workflow } = details.run.properties;
  return (
    <>
      <div className={styles.head}>
        <Title3 as="h1" className={styles.title}>
          {text.run.title(flow)}
        </Title3>
        <span role="status">
          <StatusBadge status={status} />
        </span>
        {isFailure(status) && code !== undefined && <span className={grid.wireName}>{code}</span>}
        {endTime !== undefined && <span className={styles.fact}>{formatSpan(startTime, endTime)}</span>}
        <span className={styles.fact}>{text.run.version(workflow.name)}</span>
        <time className={styles.fact} dateTime={startTime}>
          {text.run.started(formatInstant(startTime))}
        </time>
        {waitEndTime !== undefined && (
          <span className={styles.fact}>{text.run.waitsUntil(formatInstant(waitEndTime))}</span>
        )}
      </div>
      <FailureBar parts={parts} selected={selected} onSelect={select} />
      <div className={styles.columns}>
        <div className={grid.scroller}>
          <PartGrid parts={parts} selected={selected} onSelect={select} />
        </div>
        {selected !== undefined && <PartDetails key={`${selected.kind} ${selected.name}`} part={selected} />}
      </div>
    </>
  );
}

/** Names the first failure, and leads from one failure to the next. */
function FailureBar(props: {
  readonly parts: readonly RunPart[];
  readonly selected: RunPart | undefined;
  readonly onSelect: (part: RunPart) => void;
}) {
  const styles = useStyles();
  const { parts, selected, onSelect } = props;
  const first = firstFailure(parts);
  if (first === undefined) return null;
  const failures = parts.filter((part) => isFailure(part.status)).length;
  const from = selected === undefined ? 0 : parts.indexOf(selected);
  function go(step: 1 | -1): void {
    const part = parts[nextFailure(parts, from, step) ?? from];
    if (part !== undefined) onSelect(part);
  }
  return (
    <div className={styles.failures}>
      <span className={styles.failureName}>{text.run.firstFailure(first.name)}</span>
      <span>{text.run.failedCount(failures)}</span>
      {failures > 1 && (
        <>
          <Button size="small" onClick={() => go(-1)}>
            {text.run.previousFailed}
          </Button>
          <Button size="small" onClick={() => go(1)}>
            {text.run.nextFailed}
          </Button>
        </>
      )}
    </div>
  );
}
