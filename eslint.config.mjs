import tseslint from 'typescript-eslint';

/** The rooms, each with what it may import. Everything else is an error: imports point downwards only. */
const rooms = {
  smsc: [],
  history: ['smsc'],
  recognise: ['smsc'],
  simulator: ['smsc'],
  tracking: ['history', 'recognise', 'smsc'],
  host: ['tracking', 'history', 'recognise', 'simulator', 'smsc'],
  ui: ['host', 'tracking', 'history', 'recognise', 'simulator', 'smsc'],
  webview: [],
};
const all = Object.keys(rooms);
/** Plain data that any room above `tracking` may name. */
const sharedFiles = { host: true, ui: true, webview: true };
const noVscode = { name: 'vscode', message: 'Only ui/, host/ and extension.ts know vscode.' };

function importsOf(room) {
  const closed = all.filter((other) => other !== room && !rooms[room].includes(other));
  const patterns = closed.map((other) => ({
    regex: `^\\.\\./(\\.\\./)*${other}/`,
    message: `${room}/ may import ${rooms[room].join(', ') || 'nothing of ours'}, not ${other}/.`,
  }));
  patterns.push({ regex: '/extension(\\.ts)?$', message: 'extension.ts is the root: nothing imports it.' });
  if (!sharedFiles[room]) {
    patterns.push({
      regex: '^(\\.\\./)+(protocol|ids|statisticsView|api)\\.ts$',
      message: `${room}/ does not know the views.`,
    });
  }
  if (room === 'webview') {
    patterns.push({ regex: '^node:', message: 'The webview runs in a browser.' });
  }
  return {
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: room === 'host' || room === 'ui' ? [] : [noVscode], patterns },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'out/', '.vscode-test/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
        { selector: 'ExportAllDeclaration', message: 'No barrel files.' },
      ],
      'no-console': 'error',
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  ...all.map(importsOf),
);
