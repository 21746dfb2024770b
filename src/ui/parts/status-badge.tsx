/** A status as icon and word, in the colour of its meaning. */

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { HourglassHalfRegular } from '@fluentui/react-icons/svg/hourglass-half';
import { StopRegular } from '@fluentui/react-icons/svg/stop';
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle';
import type { ActionStatusWord, RunStatusWord } from '../../server/wire.ts';
import { text } from '../text.ts';

export type StatusWord = RunStatusWord | ActionStatusWord;

const useStyles = makeStyles({
  badge: { display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'middle', whiteSpace: 'nowrap' },
  icon: { flexShrink: 0 },
  turning: {
    animationName: { from: { transform: 'rotate(0deg)' }, to: { transform: 'rotate(360deg)' } },
    animationDuration: '1.5s',
    animationIterationCount: 'infinite',
    animationTimingFunction: 'linear',
    '@media (prefers-reduced-motion: reduce)': { animationName: 'none' },
  },
  retries: { position: 'relative', display: 'inline-flex', alignItems: 'center', gap: '2px' },
  // For readers of the page's words; others see the arrow and the number.
  unseen: { position: 'absolute', inlineSize: '1px', blockSize: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  success: { color: tokens.colorStatusSuccessForeground1 },
  danger: { color: tokens.colorStatusDangerForeground3 },
  brand: { color: tokens.colorBrandForeground1 },
  warning: { color: tokens.colorStatusWarningForeground2 },
  quiet: { color: tokens.colorNeutralForeground3 },
  stopped: { color: tokens.colorNeutralForeground2 },
});

const looks = {
  Succeeded: { Icon: CheckmarkCircleFilled, tone: 'success' },
  Failed: { Icon: DismissCircleFilled, tone: 'danger' },
  TimedOut: { Icon: ClockRegular, tone: 'danger' },
  Running: { Icon: ArrowSyncRegular, tone: 'brand' },
  Waiting: { Icon: HourglassHalfRegular, tone: 'warning' },
  Suspended: { Icon: HourglassHalfRegular, tone: 'warning' },
  Skipped: { Icon: SubtractCircleRegular, tone: 'quiet' },
  Cancelled: { Icon: StopRegular, tone: 'stopped' },
} as const satisfies Readonly<Record<StatusWord, object>>;

/** Icon and word, always together; `retries` adds how often it was tried again. */
export function StatusBadge({ status, retries = 0 }: { readonly status: StatusWord; readonly retries?: number }) {
  const styles = useStyles();
  const { Icon, tone } = looks[status];
  return (
    <span className={mergeClasses(styles.badge, styles[tone])}>
      <Icon
        className={mergeClasses(styles.icon, status === 'Running' && styles.turning)}
        fontSize={16}
        aria-hidden="true"
      />
      {text.statuses[status]}
      {retries > 0 && (
        <span className={styles.retries} title={text.afterRetries(retries)}>
          <ArrowClockwiseRegular fontSize={16} aria-hidden="true" />
          <span aria-hidden="true">{retries}</span>
          <span className={styles.unseen}>{text.afterRetries(retries)}</span>
        </span>
      )}
    </span>
  );
}

/** True for a status that ended badly. */
export function isFailure(status: StatusWord): boolean {
  return status === 'Failed' || status === 'TimedOut';
}
