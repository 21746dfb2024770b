/** The walkthrough as people read it. */

import { type JsonObject, type JsonValue, printJson } from '../../base/json.ts';
import type { Output } from '../output.ts';
import type { FnoHalf, LeadToTask } from './walkthrough.ts';

const leadMembers = ['leadid', 'lastname', 'subject', 'companyname', 'createdon'];
const taskMembers = ['activityid', 'subject', '_regardingobjectid_value', 'createdon'];
const customerMembers = ['dataAreaId', 'CustomerAccount', 'OrganizationName', 'CustomerGroupId', '@odata.etag'];

/** Prints lead, run with each action, and task. */
export function printLeadToTask(output: Output, { lead, run, task }: LeadToTask): void {
  section(output, 'The lead, created in Dataverse through its Web API', lead, leadMembers);
  output.line(`\nThe run ${run.id}: ${output.status(run.status)}`);
  for (const action of run.actions) {
    output.line(`  ${action.name}  ${output.status(action.status)}  ${action.startTime} to ${action.endTime}`);
    payload(output, 'inputs', action.inputs);
    payload(output, 'outputs', action.outputs);
  }
  section(output, 'The task, as the Web API returns it', task, taskMembers);
}

/** Prints what was read from and written to F&O. */
export function printFno(output: Output, fno: FnoHalf): void {
  output.line(`\nCustomersV3 of companies usmf and dat: ${fno.customers} customers in ${fno.pages} pages`);
  section(output, 'Created', fno.created, customerMembers);
  section(output, 'Updated under its ETag', fno.updated, customerMembers);
  output.line('\nDeleted under its ETag; reading it again says that it is gone');
  output.line(`\nAction ${fno.action.name} of ${fno.action.entitySet} answers ${printJson(fno.action.value)}`);
}

function section(output: Output, title: string, record: JsonObject, members: readonly string[]): void {
  output.line(`\n${title}`);
  for (const name of members) {
    const value = record[name];
    if (value !== undefined) output.line(`  ${name}: ${typeof value === 'string' ? value : printJson(value)}`);
  }
}

function payload(output: Output, title: string, value: JsonValue | undefined): void {
  if (value === undefined) return;
  const text = printJson(value);
  const widthMax = Math.max(40, output.width - 14);
  output.line(`    ${title}: ${text.length > widthMax ? `${text.slice(0, widthMax)}…` : text}`);
}
