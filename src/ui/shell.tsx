/** The frame around every page: product bar, navigation, content, status line. */

import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import type { ReactNode } from 'react';
import { Link as RouteLink, useLocation } from 'wouter';
import { useHealth } from './api/queries.ts';
import { timeZoneName } from './format.ts';
import { text } from './text.ts';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    gridTemplateColumns: '200px minmax(0, 1fr)',
    gridTemplateRows: '48px minmax(0, 1fr) 28px',
    blockSize: '100%',
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 640px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: '48px auto minmax(0, 1fr) 28px',
    },
  },
  skip: {
    position: 'absolute',
    insetInlineStart: '8px',
    insetBlockStart: '-60px',
    zIndex: 1,
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { insetBlockStart: '8px' },
  },
  bar: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    paddingInline: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottomWidth: '1px',
    borderBottomStyle: 'solid',
    borderBottomColor: tokens.colorNeutralStroke2,
  },
  mark: { inlineSize: '24px', blockSize: '24px', fill: tokens.colorBrandForeground1 },
  product: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  navigation: {
    paddingBlock: '16px',
    paddingInline: '8px',
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 640px)': { paddingBlock: '4px' },
  },
  section: {
    margin: 0,
    paddingInline: '12px',
    paddingBlockEnd: '4px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 640px)': { display: 'none' },
  },
  pages: { listStyleType: 'none', margin: 0, padding: 0 },
  page: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    minBlockSize: '32px',
    paddingInline: '12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  currentPage: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
  content: { overflow: 'auto', minBlockSize: 0, ':focus': { outlineStyle: 'none' } },
  status: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    paddingInline: '16px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopWidth: '1px',
    borderTopStyle: 'solid',
    borderTopColor: tokens.colorNeutralStroke2,
  },
});

/** Frames a page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  const [location] = useLocation();
  const isRuns = location.startsWith('/runs') || location.startsWith('/flows/');
  return (
    <div className={styles.frame}>
      <Link className={styles.skip} href="#content">
        {text.skipToContent}
      </Link>
      <header className={styles.bar}>
        <svg className={styles.mark} viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1 13V9q7-9 14 0v4h-2q-1-5-5-5t-5 5z" />
        </svg>
        <span className={styles.product}>{text.product}</span>
      </header>
      <nav className={styles.navigation} aria-label={text.navigation}>
        <h2 className={styles.section}>{text.operate}</h2>
        <ul className={styles.pages}>
          <li>
            <RouteLink
              href="/runs"
              className={mergeClasses(styles.page, isRuns && styles.currentPage)}
              aria-current={isRuns ? 'page' : undefined}
            >
              <HistoryRegular fontSize={20} aria-hidden="true" />
              {text.runs.title}
            </RouteLink>
          </li>
        </ul>
      </nav>
      <main id="content" tabIndex={-1} className={styles.content}>
        {children}
      </main>
      <StatusLine className={styles.status} />
    </div>
  );
}

function StatusLine({ className }: { readonly className: string }) {
  const health = useHealth();
  const server = health.isError ? text.serverLost : health.data && text.serverStatus(health.data.version);
  return (
    <footer className={className}>
      <span role="status">{server}</span>
      <span>{text.localTimes(timeZoneName())}</span>
    </footer>
  );
}
