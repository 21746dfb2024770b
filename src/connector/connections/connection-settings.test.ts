import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { checkConnectionName, parseConnectionSettings } from './connection-settings.ts';

const given: JsonObject = {
  environmentUrl: 'https://Contoso.Operations.dynamics.com/',
  tenant: 'contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
  clientSecret: 'env:CRM_SECRET',
};

function messageOf(settings: JsonObject): string {
  try {
    parseConnectionSettings('dynamicsax', settings);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('connection settings', () => {
  test('are filled in and normalised', () => {
    expect(parseConnectionSettings('dynamicsax', given)).toEqual({
      ...given,
      environmentUrl: 'https://contoso.operations.dynamics.com',
      authScheme: 'AzureServicePrincipal',
      authority: 'https://login.microsoftonline.com',
      allowLoopbackHttp: false,
    });
  });

  test('unknown ones are refused by name', () => {
    expect(messageOf({ ...given, clientid: 'x' })).toContain(
      "/clientid: there is no setting 'clientid'. Did you mean 'clientId'?",
    );
  });

  test('missing ones are all listed', () => {
    const message = messageOf({ environmentUrl: 'https://contoso.operations.dynamics.com' });
    for (const name of ['tenant', 'clientId', 'clientSecret']) expect(message).toContain(`/${name}: is missing.`);
  });

  test('another authentication scheme is refused by name', () => {
    expect(messageOf({ ...given, authScheme: 'AzureMSI' })).toContain(
      "/authScheme: found 'AzureMSI'; only 'AzureServicePrincipal' is supported.",
    );
  });

  test('a secret is never shown', () => {
    const message = messageOf({ ...given, clientSecret: 'x'.repeat(5000) });
    expect(message).toContain('/clientSecret');
    expect(message).not.toContain('xxx');
  });

  test.each([
    ['http://contoso.operations.dynamics.com', 'only for addresses of this machine'],
    ['http://127.0.0.1:8366', 'with allowLoopbackHttp: true'],
    ['https://user:password@contoso.example', 'user name or password is not allowed'],
    ['https://contoso.example/data', "found the path '/data'"],
    ['contoso', 'expected an address'],
    ['ftp://contoso.example', "found the scheme 'ftp:'"],
  ])('%s is no environment', (environmentUrl, reason) => {
    const message = messageOf({ ...given, environmentUrl });
    expect(message).toContain('/environmentUrl');
    expect(message).toContain(reason);
    expect(message).not.toContain('password@');
  });

  test('plain http is allowed for this machine when that is said', () => {
    const local = {
      environmentUrl: 'http://127.0.0.1:8366',
      authority: 'http://localhost:8366',
      allowLoopbackHttp: true,
    };
    expect(parseConnectionSettings('dynamicsax', { ...given, ...local })).toMatchObject(local);
    expect(messageOf({ ...given, ...local, environmentUrl: 'http://127.0.0.1.example' })).toContain('/environmentUrl');
  });

  test('a tenant for people is refused', () => {
    expect(messageOf({ ...given, tenant: 'common' })).toContain('/tenant');
  });

  test.each(['crm', 'dynamicsax-1', 'a.b_c'])("'%s' can name a connection", (name) => {
    expect(() => checkConnectionName(name)).not.toThrow();
  });

  test.each(['', 'a/b', 'a:b', '-a', 'a b', 'x'.repeat(81)])("'%s' cannot name a connection", (name) => {
    expect(() => checkConnectionName(name)).toThrow(expect.objectContaining({ code: 'CONNECTION_INVALID' }));
  });
});
