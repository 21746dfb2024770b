import { describe, expect, test } from 'vitest';
import { discardBody, readJson, readText, readTextStart } from './read-body.ts';
import { type ScriptedAnswer, scriptedSend } from './scripted-send.case.ts';
import { TransportError } from './transport-error.ts';

async function givenResponse(answer: Omit<ScriptedAnswer, 'expect'>) {
  const scripted = scriptedSend({ expect: 'GET https://h/', ...answer });
  return { response: await scripted.send({ method: 'GET', url: 'https://h/', headers: {} }), ...scripted };
}
const options = { bodyBytesMax: 20, what: 'the answer of GET https://h/' };

describe('read body', () => {
  test('joins the pieces and drops a byte-order mark', async () => {
    const { response, openBodies } = await givenResponse({ text: ['\uFEFF21', '4'] });
    expect(await readText(response, options)).toBe('214');
    expect(openBodies()).toBe(0);
  });

  test('stops at bodyBytesMax and lets the rest go', async () => {
    const { response, openBodies } = await givenResponse({ text: ['0123456789', '0123456789', 'x'] });
    await expect(readText(response, options)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'bodyBytesMax' });
    expect(openBodies()).toBe(0);
  });

  test('reads JSON with large integers', async () => {
    const { response } = await givenResponse({ text: '{"a":9007199254740993}' });
    expect(await readJson(response, { ...options, bodyBytesMax: 100 })).toEqual({ a: 9007199254740993n });
  });

  test('refuses a page in place of JSON', async () => {
    const { response } = await givenResponse({
      text: '<html>',
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    await expect(readJson(response, options)).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
      message: 'JSON was expected of the answer of GET https://h/, but its body is text/html (status 200).',
    });
  });

  test('refuses what does not parse, and nothing at all', async () => {
    const broken = await givenResponse({ text: '{"a":' });
    await expect(readJson(broken.response, options)).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
    const empty = await givenResponse({ text: '' });
    await expect(readJson(empty.response, options)).rejects.toThrow('its body is empty');
  });

  test('a refusal that breaks off or is compressed gives what can be read', async () => {
    const cause = new TransportError('TIMEOUT', 'no more', { origin: 'https://h', mayHaveArrived: true });
    const broken = { status: 400, headers: {}, body: breakingOff('{"error":', cause) };
    expect(await readTextStart(broken, 100)).toBe('{"error":');
    await expect(readTextStart({ ...broken, body: breakingOff('', new Error('fault')) }, 100)).rejects.toThrow('fault');
    const packed = await givenResponse({ text: 'packed', headers: { 'content-encoding': 'gzip' } });
    expect(await readTextStart(packed.response, 100)).toBe('');
    expect(packed.openBodies()).toBe(0);
  });

  test('lets an unread body go', async () => {
    const { response, openBodies } = await givenResponse({ text: 'unread' });
    await discardBody(response);
    expect(openBodies()).toBe(0);
  });
});

async function* breakingOff(text: string, error: Error): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
  throw error;
}
