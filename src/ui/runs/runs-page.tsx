/** The page of all runs. */

import { Button, Link, makeStyles, Spinner, Title3, tokens } from '@fluentui/react-components';
import { useRuns } from '../api/queries.ts';
import { formatTime } from '../format.ts';
import { useGridStyles } from '../parts/grid-styles.ts';
import { EmptyState, ErrorState, LoadingState, StaleBar } from '../parts/states.tsx';
import { useTitle } from '../parts/use-title.ts';
import { text } from '../text.ts';
import { RunFilterBar, useRunFilters } from './run-filters.tsx';
import { RunGrid } from './run-grid.tsx';
import { useHeldRows } from './use-held-rows.ts';

const useStyles = makeStyles({
  page: {
    display: 'grid',
    // A wide table scrolls in its own frame, not the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: '16px',
    padding: '24px',
    alignContent: 'start',
  },
  title: { margin: 0 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minBlockSize: '40px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** Runs, newest first, with filters; read again every few seconds. */
export function RunsPage() {
  useTitle(text.runs.title);
  const styles = useStyles();
  const filterState = useRunFilters();
  return (
    <div className={styles.page}>
      <Title3 as="h1" className={styles.title}>
        {text.runs.title}
      </Title3>
      <RunFilterBar {...filterState} />
      <RunList key={JSON.stringify(filterState.filters)} {...filterState} />
    </div>
  );
}

function RunList({ filters, isFiltered, clear }: ReturnType<typeof useRunFilters>) {
  const query = useRuns(filters);
  const held = useHeldRows(query.data?.pages.flatMap((page) => page.value) ?? []);
  const grid = useGridStyles();
  const refresh = () => void query.refetch();
  if (query.data === undefined) {
    if (query.isError) return <ErrorState title={text.runs.failed} error={query.error} onRetry={refresh} />;
    return <LoadingState />;
  }
  if (held.rows.length === 0) {
    if (isFiltered) {
      return (
        <EmptyState action={<Button onClick={clear}>{text.runs.clearFilters}</Button>}>{text.runs.noMatch}</EmptyState>
      );
    }
    return <EmptyState action={<Button onClick={refresh}>{text.refresh}</Button>}>{text.runs.empty}</EmptyState>;
  }
  return (
    <>
      {query.isRefetchError && (
        <StaleBar onRetry={refresh}>{text.runs.stale(formatTime(query.dataUpdatedAt))}</StaleBar>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is not operated, it only notes that someone reads here */}
      <div onPointerEnter={held.hold} onPointerLeave={held.release} onFocus={held.hold} onBlur={held.release}>
        <div className={grid.scroller}>
          <RunGrid runs={held.rows} nowMs={query.dataUpdatedAt} />
        </div>
        <ListFoot query={query} held={held} />
      </div>
    </>
  );
}

function ListFoot(props: {
  readonly query: ReturnType<typeof useRuns>;
  readonly held: ReturnType<typeof useHeldRows>;
}) {
  const { query, held } = props;
  return (
    <div className={useStyles().foot}>
      <span>{text.runs.shown(held.rows.length)}</span>
      {held.waiting > 0 && (
        <span role="status">
          {text.runs.newRuns(held.waiting)}: <Link onClick={held.showWaiting}>{text.runs.showNew}</Link>
        </span>
      )}
      {query.hasNextPage && (
        <Button size="small" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {text.runs.more}
        </Button>
      )}
      <span>{text.upToDate(formatTime(query.dataUpdatedAt))}</span>
      {query.isFetchingNextPage && <Spinner size="extra-tiny" label={text.updating} />}
    </div>
  );
}
