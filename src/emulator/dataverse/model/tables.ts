/** Every Dataverse table that the emulator serves. */

import { accountTable } from './account.ts';
import { businessunitTable } from './business-unit.ts';
import { contactTable } from './contact.ts';
import { leadTable } from './lead.ts';
import { systemuserTable } from './system-user.ts';
import type { TableData } from './table-data.ts';
import { taskTable } from './task.ts';
import { teamTable } from './team.ts';
import { transactioncurrencyTable } from './transaction-currency.ts';

/** In alphabetical order of their entity sets. */
export const dataverseTables: readonly TableData[] = [
  accountTable,
  businessunitTable,
  contactTable,
  leadTable,
  systemuserTable,
  taskTable,
  teamTable,
  transactioncurrencyTable,
];
