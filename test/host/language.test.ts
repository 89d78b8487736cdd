import assert from 'node:assert/strict';
import { language, pick } from '../../src/host/words/language.ts';

describe('SMSC’s names and causes', () => {
  it('are Russian where VS Code is, else English', () => {
    assert.deepEqual(
      ['ru', 'ru-RU', 'RU', 'en', 'de', 'rue', ''].map((tag) => language(tag)),
      [...['ru', 'ru', 'ru', 'en', 'en', 'en', 'en']],
    );
    assert.equal(pick({ en: 'Delivered', ru: 'Доставлено' }, 'ru'), 'Доставлено');
  });
});
