import { renderPageScript } from '../../../scripts/page';
import { fitted, scriptJson, xml } from '../../../src/graph/picture/escape';
import { PAGE_SCRIPT } from '../../../src/graph/picture/page-script';
import { visible } from '../../../src/graph/visible';

test('the script of the page is what page/ gives', () => {
  expect(renderPageScript()).toContain(PAGE_SCRIPT.slice(0, 40).replaceAll("'", "\\'"));
  expect(eval(renderPageScript().replace(/^.*\n.*\nexport const PAGE_SCRIPT: string = ([\s\S]*);\n$/, '$1'))).toBe(PAGE_SCRIPT);
});

test('the script cannot end its element', () => {
  expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--/i);
});

test('text is escaped for XML, and shows what it holds', () => {
  expect(xml('<a href="x">&\'')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;');
  expect(visible('a\u202eb\u0000c\ud800d\u{1f600}')).toBe('a\ufffdb\ufffdc\ufffdd\u{1f600}');
  expect(scriptJson({ a: '</script><!--\u2028' })).toBe('{"a":"\\u003c/script\\u003e\\u003c!--\\u2028"}');
});

test('long names lose their middle', () => {
  expect(fitted('short', 100, 12)).toBe('short');
  expect(fitted('a-very-long-name-of-a-model-17', 100, 12)).toMatch(/^a-very.*….*-17$/);
  expect(fitted('\u{1f600}'.repeat(50), 100, 12)).toMatch(/^(\u{1f600})+…(\u{1f600})+$/u);
});
