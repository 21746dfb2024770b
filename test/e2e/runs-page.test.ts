/** The pages of runs in a real browser: found, read and operated by role and accessible name. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../src/server/api/create-api.ts';
import {
  actionRow,
  failedActions,
  givenRun,
  givenSampleFlow,
  sampleFlow,
  sampleTrigger,
  succeededActions,
} from '../../src/server/api/sample-runs.case.ts';
import { type SampleServices, sampleServices } from '../../src/server/api/sample-services.case.ts';
import { findBrowser, howToGetABrowser, launchBrowser } from './browser.ts';

/** Longest wait for anything on a page. */
const waitMs = 15_000;
const missingRun = 'run-that-never-was';
const scriptBytesMax = 270 * 1024;

interface Setting {
  readonly services: SampleServices;
  readonly api: FastifyInstance;
  readonly browser: Browser;
  readonly origin: string;
}

/** The pages of the package, which is built before these tests. */
const uiDirectory = fileURLToPath(new URL('../../dist/ui', import.meta.url));
const executablePath = findBrowser();
const opened: { setting?: Setting; page?: Page; readonly faults: string[] } = { faults: [] };

function setting(): Setting {
  if (opened.setting === undefined) throw new Error('The server and the browser are not up.');
  return opened.setting;
}

function page(): Page {
  if (opened.page === undefined) throw new Error('There is no page yet.');
  return opened.page;
}

beforeAll(async () => {
  if (executablePath === undefined) {
    process.stderr.write(`${howToGetABrowser}\n`);
    return;
  }
  const services = sampleServices({ uiDirectory });
  await givenSampleRuns(services);
  const api = await createApi(services);
  const origin = await api.listen({ host: '127.0.0.1', port: 0 });
  opened.setting = { services, api, origin, browser: await launchBrowser(executablePath) };
});

afterAll(async () => {
  await opened.setting?.browser.close();
  await opened.setting?.api.close();
});

/** run-1 succeeded, run-2 failed after retries, run-3 is running. */
async function givenSampleRuns({ store, clock }: SampleServices): Promise<void> {
  const now = clock.now();
  await givenSampleFlow(store, now);
  await givenRun(store, {
    id: 'run-1',
    startTime: now,
    actions: succeededActions(now),
    end: { status: 'Succeeded', code: 'Succeeded', endTime: now + 250 },
  });
  const error = { code: 'ActionFailed', message: 'An action failed.' };
  await givenRun(store, {
    id: 'run-2',
    startTime: now + 60_000,
    actions: failedActions(now + 60_000),
    end: { status: 'Failed', code: 'ActionFailed', error, endTime: now + 69_400 },
  });
  await givenRun(store, { id: 'run-3', startTime: now + 120_000, actions: [] });
}

test('the script of the first page stays within its budget, compressed', () => {
  const assets = join(uiDirectory, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  expect(bytes).toBeLessThan(scriptBytesMax);
});

test('a browser is there, always so in continuous integration', (context) => {
  if (executablePath === undefined && process.env.CI !== 'true') context.skip(howToGetABrowser);
  expect(executablePath, howToGetABrowser).toBeDefined();
});

describe.skipIf(executablePath === undefined)('in a browser', () => {
  beforeEach(async () => {
    opened.faults.length = 0;
    const context = await setting().browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(waitMs);
    opened.page = await context.newPage();
    page().on('pageerror', (error) => opened.faults.push(error.message));
    page().on('console', (message) => {
      // The browser reports every answer 404; one test asks for it.
      const isAskedFor =
        message.location().url.endsWith(`/runs/${missingRun}`) ||
        message.location().url.endsWith(`/runs/${missingRun}/actions`);
      if (message.type() === 'error' && !isAskedFor) opened.faults.push(message.text());
    });
    page().on('request', (request) => {
      const isOurs = request.url().startsWith(setting().origin) || request.url().startsWith('data:');
      if (!isOurs) opened.faults.push(`A request left this server: ${request.url()}`);
    });
    return async () => {
      await context.close();
      expect(opened.faults).toEqual([]);
    };
  });

  test('the front page leads to the runs, newest first, each with icon and word', async () => {
    await page().goto(setting().origin);
    const grid = page().getByRole('grid', { name: 'Runs, newest first' });
    await grid.waitFor();
    expect(new URL(page().url()).pathname).toBe('/runs');
    expect(await page().title()).toBe('Runs - Rialto');
    expect(await grid.getByRole('columnheader').allTextContents()).toEqual([
      'Status',
      'Flow',
      'Started',
      'Duration',
      'Code',
      'Run',
    ]);
    const rows = grid.getByRole('row');
    expect(await rows.nth(1).innerText()).toContain('Running');
    expect(await rows.nth(2).innerText()).toContain('Failed');
    expect(await rows.nth(2).innerText()).toContain('9.4 s');
    expect(await rows.nth(3).innerText()).toContain('Succeeded');
    expect(await rows.nth(3).locator('svg').count()).toBe(1);
  });

  test('a filter stands in the address, narrows the list, and can be cleared', async () => {
    await page().goto(`${setting().origin}/runs`);
    await page().getByLabel('Status').selectOption('Succeeded');
    await page().getByText('1 run', { exact: true }).waitFor();
    expect(new URL(page().url()).search).toBe('?status=Succeeded');
    await page().goto(`${setting().origin}/runs?status=TimedOut`);
    await page().getByText('No run matches these filters.').waitFor();
    await page().getByRole('button', { name: 'Clear filters' }).last().click();
    await page().getByText('3 runs', { exact: true }).waitFor();
  });

  test('a failed run opens on the action that failed, with the reason in view', async () => {
    await page().goto(`${setting().origin}/runs`);
    await page()
      .getByRole('link', { name: `Open run run-2 of ${sampleFlow}` })
      .click();
    const details = page().getByRole('region', { name: 'Details of Create_task' });
    await details.getByText('The account to be linked does not exist', { exact: false }).waitFor();
    const selected = page().getByRole('row', { selected: true });
    expect(await selected.innerText()).toContain('Create_task');
    expect(await selected.innerText()).toMatch(/Failed\s*2\s*after 2 retries/);
    await details.getByRole('tab', { name: 'Attempts (3)' }).click();
    await details.getByText('TooManyRequests').first().waitFor();
  });

  test('a run is read and operated by keyboard alone', async () => {
    await page().goto(`${setting().origin}/runs`);
    const grid = page().getByRole('grid', { name: 'Runs, newest first' });
    await grid.getByRole('row').nth(1).focus();
    await page().keyboard.press('End');
    await page().keyboard.press('Enter');
    const actions = page().getByRole('grid', { name: 'Trigger and actions, in order of start' });
    await actions.waitFor();
    const trigger = actions.getByRole('row', { selected: true });
    expect(await trigger.innerText()).toContain(sampleTrigger);
    await trigger.focus();
    for (const _ of ['Compose_subject', 'Is_hot', 'Create_task']) await page().keyboard.press('ArrowDown');
    expect(new URL(page().url()).search).toBe('?action=Create_task');
    const outputs = page().getByRole('region', { name: 'Outputs of Create_task' });
    await outputs.waitFor();
    // The number is beyond a double: it must come through untouched.
    expect(await outputs.innerText()).toContain('"versionnumber": 12345678901234567890');
    await page().keyboard.press('Tab');
    await page().keyboard.press('ArrowLeft');
    await page().getByRole('region', { name: 'Inputs of Create_task' }).waitFor();
  });

  test('a link leads straight to an action, and a skipped one shows no data', async () => {
    await page().goto(`${setting().origin}/flows/${sampleFlow}/runs/run-1?action=Notify`);
    const details = page().getByRole('region', { name: 'Details of Notify' });
    await details.getByText('This was skipped, so it has no outputs.').waitFor();
    expect(await details.getByText('Skipped', { exact: true }).count()).toBe(1);
  });

  test('a run is followed live until it is over', async () => {
    const { services, origin } = setting();
    const start = services.clock.now() + 180_000;
    await givenRun(services.store, { id: 'run-4', startTime: start, actions: [] });
    await page().goto(`${origin}/flows/${sampleFlow}/runs/run-4`);
    await page().getByRole('status').getByText('Running').waitFor();
    const segment = { runId: 'run-4', segment: 1 };
    const outputs = JSON.stringify({ text: 'x'.repeat(200_000) });
    const rows = [actionRow('Compose_subject', start, 5, { inputs: '"a"', outputs })];
    await services.store.runs.end(segment, rows, { status: 'Succeeded', code: 'Succeeded', endTime: start + 10 });
    await page().getByRole('row').getByText('Compose_subject').click();
    await page().getByText('The first 64 KB of 195.3 KB are shown. Download the rest.').waitFor();
    await page().getByRole('main').getByRole('status').getByText('Succeeded').first().waitFor();
  });

  test('what is not there is said in the words of the server, and Retry asks again', async () => {
    await page().goto(`${setting().origin}/flows/${sampleFlow}/runs/${missingRun}`);
    const alert = page().getByRole('alert');
    await alert.getByText(`There is no run '${missingRun}' of the flow '${sampleFlow}'.`).waitFor();
    const asked = page().waitForRequest((request) => request.url().endsWith(`/runs/${missingRun}`));
    await alert.getByRole('button', { name: 'Retry' }).click();
    await asked;
  });

  test('the pages follow the dark setting of the system', async () => {
    await page().emulateMedia({ colorScheme: 'dark' });
    await page().goto(`${setting().origin}/runs`);
    const bar = page().getByRole('banner');
    await bar.waitFor();
    const light = (color: string): number => Number(/\d+/.exec(color)?.[0]);
    const color = () => page().evaluate<string>("getComputedStyle(document.querySelector('header')).backgroundColor");
    expect(light(await color())).toBeLessThan(64);
    await page().emulateMedia({ colorScheme: 'light' });
    await expect.poll(async () => light(await color())).toBeGreaterThan(192);
  });
});
