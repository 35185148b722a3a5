import { Page } from 'puppeteer-core';

/** What WCAG asks for and a program can tell: names, landmarks, headings, ids, sizes of targets, contrast. */
export function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const isShown = (element: Element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
    const told = (element: Element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}" id="${element.id}">`;
    const nameOf = (element: Element) => {
      const ids = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
      const byId = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent ?? '' : '';
      return (byId || element.getAttribute('aria-label') || label || element.textContent || '').trim();
    };

    if (!document.documentElement.lang) problems.push('the page says no language');
    if (!document.title) problems.push('the page has no title');
    for (const landmark of ['header', 'main', 'nav', 'h1', '[role=search]', '[role=status][aria-live]']) {
      if (all(landmark).length !== 1) problems.push(`there are ${all(landmark).length} of ${landmark}, not one`);
    }
    for (const element of all('a, button, input, summary, [role=button], nav, aside, main, [role=toolbar], ul[aria-labelledby], svg[role]')) {
      if (!nameOf(element)) problems.push(`${told(element)} has no name`);
    }
    const ids = all('[id]').map(({ id }) => id);
    new Set(ids.filter((id, index) => ids.indexOf(id) !== index && ids.length < 20_000)).forEach((id) => problems.push(`the id ${id} is used twice`));
    for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
      for (const element of all(`[${attribute}]`)) {
        for (const id of element.getAttribute(attribute)!.split(' ')) if (!document.getElementById(id)) problems.push(`${told(element)} refers to ${id}, which is not there`);
      }
    }
    let level = 0;
    for (const heading of all('h1, h2, h3, h4').filter(isShown)) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) problems.push(`heading "${heading.textContent}" skips from level ${level} to ${next}`);
      level = next;
    }
    for (const button of all('button, summary, input').filter(isShown)) {
      const { width, height } = button.getBoundingClientRect();
      if (width < 24 || height < 24) problems.push(`${told(button)} is ${width} x ${height}, and 24 x 24 is the least`);
    }

    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const rgba = (colour: string): number[] => {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: number[]) => {
      const linear = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      const [red, green, blue] = colour.slice(0, 3).map((value) => linear(value / 255));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (a: number[], b: number[]) => {
      const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (light + 0.05) / (dark + 0.05);
    };
    const groundOf = (element: Element): number[] => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return [255, 255, 255, 255];
    };
    const seen = new Set<string>();
    const compare = (element: Element, colour: string, ground: number[], least: number) => {
      const key = `${colour} ${ground.join()}`;
      if (seen.has(key)) return;
      seen.add(key);
      const ratio = contrast(rgba(colour), ground);
      if (ratio < least) problems.push(`${told(element)} "${(element.textContent ?? '').trim().slice(0, 40)}" has a contrast of ${ratio.toFixed(2)}, and ${least} is the least`);
    };
    for (const element of all('header *, nav *, aside *, .tools *')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
      if (hasText && isShown(element) && !element.closest('.sr, svg')) compare(element, getComputedStyle(element).color, groundOf(element), 4.5);
    }
    const fillBehind = (text: Element): number[] | undefined => {
      const card = text.closest('.badge')?.querySelector('circle') ?? text.parentElement?.closest('.node, .block')?.querySelector(':scope > .card, :scope > .frame');
      const fill = card && getComputedStyle(card).fill;
      return fill && fill !== 'none' ? rgba(fill) : rgba(getComputedStyle(document.body).backgroundColor);
    };
    for (const text of document.querySelectorAll('#stage text, #stage tspan')) {
      if (text.getBoundingClientRect().width > 0) compare(text, getComputedStyle(text).fill, fillBehind(text)!, 4.5);
    }
    return problems;
  });
}
