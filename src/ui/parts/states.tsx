/** What stands in place of content: loading, empty, error; and the bar above stale content. */

import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ApiFault } from '../api/read.ts';
import { text } from '../text.ts';

const useStyles = makeStyles({
  loading: {
    display: 'grid',
    gap: '8px',
    padding: '16px',
    // A quick answer shows no skeleton at all.
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDelay: '150ms',
    animationDuration: '150ms',
    animationFillMode: 'both',
  },
  empty: {
    display: 'grid',
    justifyItems: 'center',
    gap: '16px',
    paddingBlock: '64px',
    paddingInline: '16px',
    color: tokens.colorNeutralForeground2,
    textAlign: 'center',
  },
  code: { fontFamily: tokens.fontFamilyMonospace },
});

const skeletonRows = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Grey bars, once loading takes longer than a blink. */
export function LoadingState() {
  const styles = useStyles();
  return (
    <Skeleton className={styles.loading} aria-label={text.loading} aria-busy="true">
      {skeletonRows.map((row) => (
        <SkeletonItem key={row} size={24} />
      ))}
    </Skeleton>
  );
}

/** One sentence and one button. */
export function EmptyState({ children, action }: { readonly children: string; readonly action: ReactNode }) {
  return (
    <div className={useStyles().empty}>
      <span>{children}</span>
      {action}
    </div>
  );
}

/** An error in place of the content it concerns: what happened, the service's own words, and Retry. */
export function ErrorState(props: { readonly title: string; readonly error: Error; readonly onRetry: () => void }) {
  const styles = useStyles();
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{props.title}</MessageBarTitle>
        {props.error instanceof ApiFault && <span className={styles.code}>{props.error.code}: </span>}
        {props.error instanceof ApiFault ? props.error.message : text.serverLost}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={props.onRetry}>{text.retry}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** Says that the content below is not of now. */
export function StaleBar({ children, onRetry }: { readonly children: string; readonly onRetry: () => void }) {
  return (
    <MessageBar intent="warning" role="status">
      <MessageBarBody>{children}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={onRetry}>{text.retry}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
