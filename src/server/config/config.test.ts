import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { readServerUrl } from './server-url.ts';

const directory = process.platform === 'win32' ? 'C:\\project' : '/project';

describe('readConfig', () => {
  test('without options and variables everything has its default', () => {
    expect(readConfig({}, {}, directory)).toMatchObject({
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 8365,
      portFno: 8366,
      portDataverse: 8367,
      hasEmulator: true,
      logLevel: 'warn',
    });
    expect(readConfig({}, {}, directory).dataDirectory).toMatch(/project.\.rialto$/);
  });

  test('an option wins over its variable', () => {
    expect(readConfig({ port: 9000 }, { RIALTO_PORT: '9001', RIALTO_PORT_FNO: '9002' }, directory)).toMatchObject({
      port: 9000,
      portFno: 9002,
    });
  });

  test.each([
    [{ RIALTO_PORT: '99999' }, /RIALTO_PORT cannot be '99999': expected a whole number from 0 to 65535/],
    [{ RIALTO_PORT: '8366' }, /--port and --port-fno are both 8366/],
    [{ RIALTO_PROT: '1' }, /RIALTO_PROT .* Did you mean 'RIALTO_PORT'\?/],
    [{ RIALTO_LOG_LEVEL: 'loud' }, /RIALTO_LOG_LEVEL cannot be 'loud'/],
  ])('%j is refused by name', (environment, message) => {
    expect(() => readConfig({}, environment, directory)).toThrow(message);
  });

  test('an empty directory is refused and not taken for the present one', () => {
    expect(() => readConfig({ dataDirectory: '' }, {}, directory)).toThrow('--data-dir is empty');
  });

  test('port 0 may be given to all, and without emulated environments only one port is taken', () => {
    expect(readConfig({ port: 0, portFno: 0, portDataverse: 0 }, {}, directory).port).toBe(0);
    expect(readConfig({ port: 8366, emulator: false }, {}, directory).port).toBe(8366);
  });

  test('a wrong database address is refused without repeating what may hold a password', () => {
    const environment = { RIALTO_DATABASE_URL: 'mysql://user:hidden@host/db' };
    expect(() => readConfig({}, environment, directory)).toThrow(/RIALTO_DATABASE_URL/);
    expect(() => readConfig({}, environment, directory)).not.toThrow(/hidden/);
  });
});

test('the server address is the option, the variable or the default', () => {
  expect(readServerUrl('http://localhost:1', { RIALTO_SERVER: 'http://localhost:2' })).toBe('http://localhost:1');
  expect(readServerUrl(undefined, { RIALTO_SERVER: 'http://localhost:2' })).toBe('http://localhost:2');
  expect(readServerUrl(undefined, {})).toBe('http://127.0.0.1:8365');
  expect(() => readServerUrl('localhost', {})).toThrow(/--server is 'localhost'/);
  expect(() => readServerUrl('ftp://localhost', {})).toThrow(/--server is 'ftp:/);
  expect(() => readServerUrl(undefined, { RIALTO_SERVER: 'localhost:1' })).toThrow(/RIALTO_SERVER.*expected a URL/);
});
