/** Every text of the web pages. Names on the wire and messages of services are shown as they are and are not here. */

const count = new Intl.NumberFormat('en');
const plural = new Intl.PluralRules('en');

function counted(number: number, one: string, other: string): string {
  return `${count.format(number)} ${plural.select(number) === 'one' ? one : other}`;
}

export const text = {
  product: 'Rialto',
  skipToContent: 'Skip to content',
  navigation: 'Pages',
  operate: 'Operate',
  pageTitle: (page: string) => `${page} - Rialto`,
  serverStatus: (version: string) => `Server ${version}`,
  serverLost: 'The server does not answer',
  localTimes: (zone: string) => `Times in ${zone}`,

  retry: 'Retry',
  refresh: 'Refresh',
  updating: 'Updating',
  upToDate: (time: string) => `As of ${time}`,
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  download: 'Download',
  none: '-',

  statuses: {
    Succeeded: 'Succeeded',
    Failed: 'Failed',
    TimedOut: 'Timed out',
    Running: 'Running',
    Waiting: 'Waiting',
    Skipped: 'Skipped',
    Cancelled: 'Cancelled',
    Suspended: 'Suspended',
  },
  afterRetries: (retries: number) => `after ${counted(retries, 'retry', 'retries')}`,

  runs: {
    title: 'Runs',
    gridName: 'Runs, newest first',
    columns: { status: 'Status', flow: 'Flow', started: 'Started', duration: 'Duration', code: 'Code', run: 'Run' },
    filters: 'Filters',
    flow: 'Flow',
    allFlows: 'All flows',
    status: 'Status',
    allStatuses: 'All statuses',
    from: 'Started from',
    to: 'Started before',
    clearFilters: 'Clear filters',
    open: (flow: string, run: string) => `Open run ${run} of ${flow}`,
    empty: 'No flow has run yet. A run appears here as soon as a trigger fires.',
    noMatch: 'No run matches these filters.',
    failed: 'The runs could not be read.',
    stale: (time: string) => `The server did not answer; these are the runs of ${time}.`,
    newRuns: (number: number) => `${counted(number, 'new run', 'new runs')}`,
    showNew: 'Show',
    shown: (number: number) => counted(number, 'run', 'runs'),
    more: 'Show more runs',
  },

  run: {
    breadcrumb: 'You are here',
    title: (flow: string) => flow,
    version: (version: string) => `Version ${version}`,
    started: (time: string) => `Started ${time}`,
    failed: 'The run could not be read.',
    stale: (time: string) => `The server did not answer; this is the run as of ${time}.`,
    actionsGrid: 'Trigger and actions, in order of start',
    actions: 'Actions',
    columns: { status: 'Status', name: 'Name', started: 'Started', duration: 'Duration', code: 'Code' },
    trigger: 'Trigger',
    noActions: 'No action has started yet.',
    firstFailure: (action: string) => `First failure: ${action}`,
    failedCount: (number: number) => counted(number, 'action failed', 'actions failed'),
    previousFailed: 'Previous failed',
    nextFailed: 'Next failed',
    waitsUntil: (time: string) => `Goes on at ${time}.`,
  },

  action: {
    details: (name: string) => `Details of ${name}`,
    why: 'Why',
    inputs: 'Inputs',
    outputs: 'Outputs',
    attempts: (number: number) => `Attempts (${count.format(number)})`,
    noInputs: 'This has no inputs.',
    noOutputs: 'This has no outputs.',
    outputsLater: 'Outputs appear when this ends.',
    skipped: 'This was skipped, so it has no outputs.',
    attemptsGrid: 'Attempts',
    attemptColumns: { attempt: 'Attempt', started: 'Started', duration: 'Duration', code: 'Code', message: 'Message' },
    contentFailed: 'The content could not be read.',
    part: (part: string, name: string) => `${part} of ${name}`,
    preview: (shown: string, whole: string) => `The first ${shown} of ${whole} are shown. Download the rest.`,
  },
} as const;
