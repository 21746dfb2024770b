/** Files are kebab-case and named for what they hold; exports are named; words are the field's. */

import { expect, test } from 'vitest';
import { isTestFile, sourceFiles, withoutComments } from './source-files.ts';

const bannedNames = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager', 'types', 'shared', 'lib'];
const files = [...sourceFiles('src'), ...sourceFiles('test'), ...sourceFiles('bench')];

test('files and folders are kebab-case', () => {
  const wrong = files
    .map((file) => file.path)
    .filter((path) => path.split('/').some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part)));
  expect(wrong).toEqual([]);
});

test('no file or folder has a name that says nothing', () => {
  const wrong = files
    .map((file) => file.path)
    .filter((path) => path.split('/').some((part) => bannedNames.includes(part.split('.')[0] ?? '')));
  expect(wrong).toEqual([]);
});

test('every module says its purpose in its first line', () => {
  const wrong = files
    .filter((file) => !isTestFile(file.path) && !file.text.startsWith('/**') && !file.text.startsWith('#!'))
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

test('exports are named, and an index lists them by name', () => {
  const wrong = files
    .filter((file) => !file.path.endsWith('vite.config.ts'))
    .filter((file) => /^export (?:default|\*)/m.test(withoutComments(file.text)))
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

test('base stays small', () => {
  const lines = sourceFiles('src/base')
    .filter((file) => !isTestFile(file.path))
    .reduce((sum, file) => sum + file.text.split('\n').length, 0);
  expect(lines).toBeLessThanOrEqual(1000);
});

test('the project speaks of itself alone', () => {
  const everything = [
    ...files,
    ...sourceFiles('docs', ['.md']),
    ...sourceFiles('examples', ['.json', '.md', '.ts', '.yaml']),
  ];
  const own = 'test/house/names.test.ts';
  const wrong = everything
    .filter(
      (file) => file.path !== own && /\.\.\/shared\b|\/work\/|\bregistry\.npmjs\b|\bdeb\.debian\b/.test(file.text),
    )
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});
