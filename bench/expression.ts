/**
 * Compiled evaluation of 20 typical templates, each against a closure of plain JavaScript that does the same.
 * `npx tsx bench/expression.ts` prints evaluations/s of each, their ratio to the closure, and the median.
 */

import { isDeepStrictEqual } from 'node:util';
import { compile, type EvaluationContext } from '../src/flow/index.ts';

const context = {
  now: '2026-05-04T10:00:00Z',
  parameters: { environment: 'https://contoso.crm4.dynamics.com', limits: { amount: 5000 } },
  variables: { total: 41, names: ['Ada', 'Grace', 'Edsger'] },
  trigger: {
    name: 'manual',
    outputs: {
      headers: { 'Content-Type': 'application/json' },
      body: {
        lastname: 'Grimaldi',
        email: 'l.grimaldi@contoso.com',
        amount: 4200,
        createdon: '2026-05-01T08:30:00Z',
        address: { city: 'Milano', lines: ['Via Dante 1', '20121'] },
        value: Array.from({ length: 50 }, (_, index) => ({ id: index, name: `Line ${index}` })),
      },
    },
  },
  actions: {
    Get_account: { status: 'Succeeded', outputs: { statusCode: 200, body: { name: 'Contoso', creditlimit: 10000 } } },
  },
  item: { id: 7, name: 'Line 7' },
  workflow: { run: { name: '08585' } },
} satisfies EvaluationContext;

type World = typeof context;
const body = (world: World) => world.trigger.outputs.body;

/** Template, and the closure that does the same. The first is the member access that the bar is about. */
const templates: readonly (readonly [string, (world: World) => unknown])[] = [
  ["@triggerBody()?['lastname']", (world) => body(world)?.lastname],
  ["@triggerBody()?['address']?['city']", (world) => body(world)?.address?.city],
  ["@outputs('Get_account')?['body/name']", (world) => world.actions.Get_account.outputs.body.name],
  ["@body('Get_account')?['creditlimit']", (world) => world.actions.Get_account.outputs.body.creditlimit],
  ["@item()?['name']", (world) => world.item.name],
  ["@parameters('limits').amount", (world) => world.parameters.limits.amount],
  ["Hello @{triggerBody()?['lastname']}!", (world) => `Hello ${body(world).lastname}!`],
  [
    "@{parameters('environment')}/api/data/v9.2/accounts(@{item()?['id']})",
    (world) => `${world.parameters.environment}/api/data/v9.2/accounts(${world.item.id})`,
  ],
  [
    "@concat(toUpper(triggerBody()?['lastname']), ', ', triggerBody()?['email'])",
    (world) => `${body(world).lastname.toUpperCase()}, ${body(world).email}`,
  ],
  [
    "@greater(triggerBody()?['amount'], parameters('limits')?['amount'])",
    (world) => body(world).amount > world.parameters.limits.amount,
  ],
  [
    "@and(equals(actions('Get_account')?['status'], 'Succeeded'), not(empty(triggerBody()?['email'])))",
    (world) => world.actions.Get_account.status === 'Succeeded' && body(world).email.length > 0,
  ],
  [
    "@if(less(triggerBody()?['amount'], 1000), 'small', 'large')",
    (world) => (body(world).amount < 1000 ? 'small' : 'large'),
  ],
  ["@coalesce(triggerBody()?['phone'], triggerBody()?['email'], 'none')", (world) => body(world).email ?? 'none'],
  ["@add(variables('total'), 1)", (world) => world.variables.total + 1],
  ["@length(triggerBody()?['value'])", (world) => body(world).value.length],
  ["@join(variables('names'), '; ')", (world) => world.variables.names.join('; ')],
  ["@first(split(triggerBody()?['email'], '@'))", (world) => body(world).email.split('@')[0]],
  [
    "@replace(triggerBody()?['email'], 'contoso', 'fabrikam')",
    (world) => body(world).email.replaceAll('contoso', 'fabrikam'),
  ],
  [
    "@formatDateTime(triggerBody()?['createdon'], 'yyyy-MM-dd')",
    (world) => new Date(body(world).createdon).toISOString().slice(0, 10),
  ],
  [
    '@addDays(utcNow(), 7)',
    (world) => `${new Date(Date.parse(world.now) + 7 * 86_400_000).toISOString().slice(0, -1)}0000Z`,
  ],
];

/** The last result, so that no work can be left out as unused. */
let kept: unknown;

const measured = templates.map(([template, closure]) => {
  const evaluate = compile(template);
  if (!isDeepStrictEqual(evaluate(context), closure(context))) {
    throw new Error(`${template} gives ${JSON.stringify(evaluate(context))}, not ${JSON.stringify(closure(context))}.`);
  }
  const ours = bestOf(() => perSecond(() => evaluate(context)));
  const plain = bestOf(() => perSecond(() => closure(context)));
  return { template, ours, plain };
});

for (const { template, ours, plain } of measured) {
  console.log(`${rate(ours)}/s  ${(ours / plain).toFixed(4)} of a closure  ${template}`);
}
const median = medianOf(measured.map(({ ours }) => ours));
const ratio = medianOf(measured.map(({ ours, plain }) => ours / plain));
const access = measured[0]?.ours ?? 0;
console.log(`member access ${rate(access)}/s (bar 1,000,000: ${access >= 1_000_000 ? 'held' : 'missed'})`);
console.log(`median ${rate(median)}/s (bar 200,000: ${median >= 200_000 ? 'held' : 'missed'})`);
console.log(`median ratio ${ratio.toFixed(4)} of a closure`);

function perSecond(work: () => unknown): number {
  const until = performance.now() + 50;
  const start = performance.now();
  let count = 0;
  while (performance.now() < until) {
    for (let turn = 0; turn < 1000; turn += 1) kept = work();
    count += 1000;
  }
  return kept === work ? 0 : (count * 1000) / (performance.now() - start);
}

function bestOf(measure: () => number): number {
  return Math.max(measure(), measure(), measure(), measure());
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function rate(perSecondValue: number): string {
  return Math.round(perSecondValue).toLocaleString('en-US').padStart(12);
}
