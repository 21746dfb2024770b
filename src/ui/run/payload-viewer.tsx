/** Inputs or outputs as readable JSON, fetched when they are shown. */

import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { Fragment, useMemo, useState } from 'react';
import type { ContentLink } from '../../server/wire.ts';
import { useContent } from '../api/queries.ts';
import { formatBytes } from '../format.ts';
import { ErrorState, LoadingState } from '../parts/states.tsx';
import { text } from '../text.ts';
import { layOutJson } from './json-text.ts';

const useStyles = makeStyles({
  viewer: { display: 'grid', gap: '8px', minInlineSize: 0 },
  tools: { display: 'flex', alignItems: 'center', gap: '8px', fontSize: tokens.fontSizeBase200 },
  download: { display: 'inline-flex', alignItems: 'center', gap: '4px' },
  size: { color: tokens.colorNeutralForeground3, marginInlineEnd: 'auto' },
  json: {
    margin: 0,
    padding: '12px',
    overflow: 'auto',
    maxBlockSize: '60vh',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  member: { color: tokens.colorBrandForeground2 },
});

/** The content behind a link; `name` says whose and what it is, for people who do not see the page. */
export function PayloadViewer({ link, name }: { readonly link: ContentLink; readonly name: string }) {
  const styles = useStyles();
  const content = useContent(link.uri, link.contentSize);
  const laidOut = useMemo(() => layOutJson(content.data?.text ?? ''), [content.data]);
  if (content.isPending) return <LoadingState />;
  if (content.isError) {
    return (
      <ErrorState title={text.action.contentFailed} error={content.error} onRetry={() => void content.refetch()} />
    );
  }
  return (
    <div className={styles.viewer}>
      <div className={styles.tools}>
        <span className={styles.size}>
          {content.data.isWhole
            ? formatBytes(link.contentSize)
            : text.action.preview(formatBytes(content.data.text.length), formatBytes(link.contentSize))}
        </span>
        {content.data.isWhole && <CopyButton content={laidOut} />}
        <Link className={styles.download} href={link.uri} download={`${name}.json`}>
          <ArrowDownloadRegular aria-hidden="true" /> {text.download}
        </Link>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={styles.json} aria-label={name} tabIndex={0}>
        <JsonText json={laidOut} />
      </section>
    </div>
  );
}

function CopyButton({ content }: { readonly content: string }) {
  const [isCopied, setIsCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(content);
    setIsCopied(true);
  }
  return (
    <Button size="small" appearance="subtle" icon={<CopyRegular />} onClick={() => void copy()}>
      <span role="status">{isCopied ? text.copied : text.copy}</span>
    </Button>
  );
}

/** Member names stand out from values. */
function JsonText({ json }: { readonly json: string }) {
  const styles = useStyles();
  const parts = json.split(/^(\s*"(?:[^"\\]|\\.)*")(?=: )/m);
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <span key={index} className={styles.member}>
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
