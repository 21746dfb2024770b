/** The filters above the run list. They live in the address, so every view is a link. */

import { Button, Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { FilterDismissRegular } from '@fluentui/react-icons/svg/filter-dismiss';
import { useSearchParams } from 'wouter';
import { type RunFilters, useFlowNames } from '../api/queries.ts';
import { fromFieldValue, toFieldValue } from '../format.ts';
import { text } from '../text.ts';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '12px' },
});

const statuses = ['Running', 'Waiting', 'Succeeded', 'Failed', 'TimedOut', 'Cancelled'] as const;

/** The filters of the address, and a way to change them. */
export function useRunFilters() {
  const [search, setSearch] = useSearchParams();
  const filters: RunFilters = {
    flow: search.get('flow') ?? '',
    status: search.get('status') ?? '',
    from: search.get('from') ?? '',
    to: search.get('to') ?? '',
  };
  function change(name: keyof RunFilters, value: string): void {
    setSearch(
      (present) => {
        if (value === '') present.delete(name);
        else present.set(name, value);
        return present;
      },
      { replace: true },
    );
  }
  return {
    filters,
    change,
    clear: () => setSearch('', { replace: true }),
    isFiltered: Object.values(filters).some((value) => value !== ''),
  };
}

/** Flow, status and time of start. */
export function RunFilterBar(props: ReturnType<typeof useRunFilters>) {
  const styles = useStyles();
  const { filters, change } = props;
  const flows = useFlowNames().data ?? [];
  // A flow in the address stays choosable although it is deleted: its runs are still there.
  const choices = filters.flow === '' || flows.includes(filters.flow) ? flows : [...flows, filters.flow];
  return (
    <search className={styles.filters} aria-label={text.runs.filters}>
      <Field label={text.runs.flow}>
        <Select value={filters.flow} onChange={(_event, { value }) => change('flow', value)}>
          <option value="">{text.runs.allFlows}</option>
          {choices.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.runs.status}>
        <Select value={filters.status} onChange={(_event, { value }) => change('status', value)}>
          <option value="">{text.runs.allStatuses}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {text.statuses[status]}
            </option>
          ))}
        </Select>
      </Field>
      <TimeField label={text.runs.from} value={filters.from} onChange={(value) => change('from', value)} />
      <TimeField label={text.runs.to} value={filters.to} onChange={(value) => change('to', value)} />
      {props.isFiltered && (
        <Button appearance="subtle" icon={<FilterDismissRegular />} onClick={props.clear}>
          {text.runs.clearFilters}
        </Button>
      )}
    </search>
  );
}

function TimeField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      <Input
        type="datetime-local"
        value={toFieldValue(props.value)}
        onChange={(_event, { value }) => props.onChange(fromFieldValue(value))}
      />
    </Field>
  );
}
