/** What an expression of an action can see in a run. */

import { type Definition, groupsOf } from '../definition/index.ts';
import { type EvaluationScope, isObjectValue, memberOf, objectValue } from '../expression/index.ts';
import { actionObject } from './action-object.ts';
import type { ActionRecord, RunHistory } from './command.ts';
import type { TrackedMoment } from './moment.ts';

/** The scope of one evaluation in a run; `ended` gives the record of an action that has ended. */
export function runScope(
  definition: Definition,
  history: RunHistory,
  ended: (action: string) => ActionRecord | undefined,
  moment: TrackedMoment,
): EvaluationScope {
  const find = (name: string) => ended(actionName(definition, name) ?? '');
  const none = (): undefined => undefined;
  return {
    trigger: () => (isObjectValue(history.trigger) ? history.trigger : undefined),
    action(name) {
      const record = find(name);
      // The object holds times; a decision that is made again gives other times.
      moment.markUsed();
      return record === undefined ? undefined : actionObject(record);
    },
    outputs(name) {
      const record = find(name);
      return record === undefined ? undefined : (record.outputs ?? null);
    },
    currentAction: none,
    result(name) {
      const scope = definition.actionsByName.get(actionName(definition, name) ?? '');
      if (scope === undefined || ended(scope.name) === undefined) return undefined;
      moment.markUsed();
      const children = groupsOf(scope).flatMap((group) => [...group.actions.keys()]);
      return children.flatMap((child) => {
        const record = ended(child);
        return record === undefined ? [] : [actionObject(record)];
      });
    },
    parameter: (name) => memberOf(history.parameters, name),
    variable: none,
    item: none,
    items: none,
    iterationIndex: none,
    workflow: () => workflowObject(history),
    moment,
  };
}

/** The exact name of an action: exact first, then without regard to case. */
function actionName(definition: Definition, name: string): string | undefined {
  if (definition.actionsByName.has(name)) return name;
  const lowered = name.toLowerCase();
  return [...definition.actionsByName.keys()].find((key) => key.toLowerCase() === lowered);
}

function workflowObject(history: RunHistory) {
  const { id, flow } = history.run;
  return objectValue({
    id: `/workflows/${flow}`,
    name: flow,
    type: 'Microsoft.Logic/workflows',
    run: objectValue({ id: `/workflows/${flow}/runs/${id}`, name: id, type: 'Microsoft.Logic/workflows/runs' }),
  });
}
