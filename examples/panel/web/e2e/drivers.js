// Two ways to use the same page: with the mouse, and with nothing but the keyboard.
import { assert } from './runner.js';

const FOCUS_TRIES = 20;
const MOST_TABS = 150;

export class Mouse {
  name = 'mouse';

  constructor(page) {
    this.page = page;
  }

  async press(target) {
    await target.click();
  }

  async type(target, text) {
    await target.click();
    await target.fill(text);
  }

  async choose(target, label) {
    await target.selectOption({ label });
  }

  /** Ticks a box. */
  async check(target) {
    await target.check();
  }

  async file(target, file) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), target.click()]);
    await chooser.setFiles(file);
  }
}

/** Reaches everything with Tab and uses only keys. A target that Tab does not reach, or without visible focus, is a failure. */
export class Keyboard {
  name = 'keyboard';

  constructor(page) {
    this.page = page;
  }

  async press(target) {
    await this.reach(target);
    await this.page.keyboard.press('Enter');
  }

  async type(target, text) {
    await this.reach(target);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Ticks a box with the space bar: the enter key would send its form. */
  async check(target) {
    await this.reach(target);
    if (!(await target.isChecked())) await this.page.keyboard.press('Space');
    assert(await target.isChecked(), `the space bar does not tick ${target}`);
  }

  async choose(target, label) {
    await this.reach(target);
    const index = await target.evaluate(
      (select, wanted) => Array.from(select.options).findIndex((option) => option.label === wanted),
      label,
    );
    assert(index >= 0, `no option '${label}'`);
    await this.page.keyboard.press('Home');
    for (let tries = 0; tries < MOST_TABS; tries++) {
      if ((await target.evaluate((select) => select.selectedIndex)) === index) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`option '${label}' cannot be reached with the arrow keys`);
  }

  async file(target, file) {
    await this.reach(target);
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.page.keyboard.press('Enter')]);
    await chooser.setFiles(file);
  }

  async reach(target) {
    await target.waitFor({ state: 'visible' });
    const focused = () => target.evaluate((element) => element === document.activeElement);
    for (let tabs = 0; tabs <= MOST_TABS; tabs++) {
      if (await focused()) {
        if (await this.focusIsSeen(target)) return;
        // A page that has just come up moves the focus to its heading once: then one goes on from there.
        assert(!(await focused()), `focus is not visible on ${target}`);
      }
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${target}`);
  }

  /** Says whether the focus is seen, on the element or on the row, card or bar around it; it may take a moment to fade in. */
  async focusIsSeen(target) {
    const seen = () =>
      target.evaluate((element) => {
        if (element !== document.activeElement) return false;
        for (let shown = element; shown && shown !== document.body; shown = shown.parentElement) {
          const style = getComputedStyle(shown);
          if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) return true;
          if (style.boxShadow.includes('inset')) return true;
        }
        return false;
      });
    for (let tries = 0; tries < FOCUS_TRIES; tries++) {
      if (await seen()) return true;
      await this.page.waitForTimeout(50);
    }
    return false;
  }
}
