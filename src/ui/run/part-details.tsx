/** What happened in one part of a run: why it failed, its inputs, outputs and attempts. */

import { makeStyles, mergeClasses, Tab, TabList, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { formatInstant, formatSpan } from '../format.ts';
import { useGridStyles } from '../parts/grid-styles.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { text } from '../text.ts';
import { PayloadViewer } from './payload-viewer.tsx';
import type { RunPart } from './run-part.ts';

type DetailTab = 'why' | 'inputs' | 'outputs' | 'attempts';

const panelId = 'part-details-panel';

const useStyles = makeStyles({
  details: {
    display: 'grid',
    gap: '12px',
    padding: '16px',
    minInlineSize: 0,
    alignContent: 'start',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '12px' },
  name: { margin: 0, overflowWrap: 'anywhere' },
  tabs: { marginInlineStart: '-12px' },
  panel: { minInlineSize: 0 },
  why: {
    display: 'grid',
    gap: '8px',
    padding: '12px',
    boxShadow: `inset 3px 0 0 ${tokens.colorStatusDangerForeground3}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  message: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
});

/** The details of a part. Give it a key, so that another part opens on its own most telling tab. */
export function PartDetails({ part }: { readonly part: RunPart }) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<DetailTab>(part.error === undefined ? 'outputs' : 'why');
  const tab =
    (chosen === 'why' && part.error === undefined) || (chosen === 'attempts' && part.retries.length === 0)
      ? 'outputs'
      : chosen;
  return (
    <section className={styles.details} aria-label={text.action.details(part.name)}>
      <div className={styles.head}>
        <Title3 as="h2" className={styles.name}>
          {part.name}
        </Title3>
        <StatusBadge status={part.status} retries={part.retries.length} />
      </div>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        selectTabOnFocus
        onTabSelect={(_event, { value }) => setChosen(value as DetailTab)}
      >
        {part.error !== undefined && (
          <Tab value="why" aria-controls={panelId}>
            {text.action.why}
          </Tab>
        )}
        <Tab value="inputs" aria-controls={panelId}>
          {text.action.inputs}
        </Tab>
        <Tab value="outputs" aria-controls={panelId}>
          {text.action.outputs}
        </Tab>
        {part.retries.length > 0 && (
          <Tab value="attempts" aria-controls={panelId}>
            {text.action.attempts(part.retries.length + 1)}
          </Tab>
        )}
      </TabList>
      <div id={panelId} role="tabpanel" className={styles.panel} aria-label={panelName(tab)}>
        <DetailPanel tab={tab} part={part} />
      </div>
    </section>
  );
}

function panelName(tab: DetailTab): string {
  return tab === 'attempts' ? text.action.attemptsGrid : text.action[tab];
}

function DetailPanel({ tab, part }: { readonly tab: DetailTab; readonly part: RunPart }) {
  const styles = useStyles();
  const grid = useGridStyles();
  if (tab === 'attempts') return <AttemptTable part={part} />;
  if (tab === 'why') {
    return (
      <div className={styles.why}>
        <span className={grid.wireName}>{part.error?.code}</span>
        <p className={styles.message}>{part.error?.message}</p>
      </div>
    );
  }
  const link = tab === 'inputs' ? part.inputsLink : part.outputsLink;
  if (link === undefined) return <p className={styles.quiet}>{absence(tab, part)}</p>;
  return <PayloadViewer link={link} name={text.action.part(text.action[tab], part.name)} />;
}

function absence(tab: 'inputs' | 'outputs', part: RunPart): string {
  if (tab === 'inputs') return text.action.noInputs;
  if (part.status === 'Skipped') return text.action.skipped;
  return part.status === 'Running' || part.status === 'Waiting' ? text.action.outputsLater : text.action.noOutputs;
}

function AttemptTable({ part }: { readonly part: RunPart }) {
  const grid = useGridStyles();
  const { attemptColumns } = text.action;
  const heads = [
    attemptColumns.attempt,
    attemptColumns.started,
    attemptColumns.duration,
    attemptColumns.code,
    attemptColumns.message,
  ];
  return (
    <table className={grid.table} aria-label={text.action.attemptsGrid}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className={grid.headCell}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {part.retries.map((attempt, index) => (
          <tr key={attempt.startTime}>
            <td className={grid.cell}>{index + 1}</td>
            <td className={grid.cell}>{formatInstant(attempt.startTime)}</td>
            <td className={mergeClasses(grid.cell, grid.numberCell)}>
              {formatSpan(attempt.startTime, attempt.endTime)}
            </td>
            <td className={mergeClasses(grid.cell, grid.wireName)}>{attempt.code}</td>
            <td className={mergeClasses(grid.cell, grid.wrapCell)}>{attempt.error?.message ?? text.none}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
