// A live story in the office: two people enter at the same time, the connection is cut and the tab closed in between, and
// each entry is there once; the page under axe at 320 to 1280, by keys alone, and without script.
'use strict';
const { assert, open, patience, run } = require('./harness.js');
const { at, judge, openOffice, signedIn } = require('./office.js');

async function liveStory(page) {
    await page.goto(`${at.office}/stories?words=dockside+vote`);
    await page.locator('table.stories th a').first().click();
    await page.locator('p.story-top a', { hasText: 'Live entries' }).click();
    await page.locator('#live-form').waitFor();
    return page.url();
}

const entries = (page) => page.locator('#live-entries > ol > li');
const texts = async (page) => {
    await page.reload();
    return page.locator('#live-entries > ol > li .text').allTextContents();
};
const once = (all, text) => assert.equal(all.filter((it) => it === text).length, 1, `${text}: ${all.slice(0, 6)}`);

const allSent = (page) => page.locator('#live-unsent li').first().waitFor({ state: 'detached', timeout: patience(15000) });

const typed = async (page, words) => {
    for (let i = 0; i < patience(100) && await page.locator('#body').inputValue() !== words; i++) {
        await page.waitForTimeout(50);
    }
    assert.equal(await page.locator('#body').inputValue(), words);
};

async function enter(page, text, headline = '') {
    await page.locator('#body').fill(text);
    await page.locator('#headline').fill(headline);
    await page.locator('#live-form button.strong').click();
}

let editor = null;
let chief = null;

run([
    ['begin', async () => {
        await openOffice();
        editor = await signedIn('editor');
        chief = await signedIn('chief');
        at.live = await liveStory(editor);
        await chief.goto(at.live);
    }],
    ['two people enter at once', async () => {
        await Promise.all([enter(editor, 'From the hall.', 'Doors open'), enter(chief, 'From the street.')]);
        await entries(editor).filter({ hasText: 'From the hall.' }).waitFor();
        await entries(chief).filter({ hasText: 'From the hall.' }).waitFor({ timeout: patience(15000) }); // it follows by itself
        const all = await texts(editor);
        once(all, 'From the hall.');
        once(all, 'From the street.');
        assert.deepEqual(editor.complaints, []);
    }],
    ['without a connection entries wait in the browser and go out once', async () => {
        await editor.context().setOffline(true);
        await enter(editor, 'On the train, one.');
        await enter(editor, 'On the train, two.');
        assert.equal(await editor.locator('#live-unsent li').count(), 2);
        await editor.locator('#body').fill('Half a sent');
        await editor.waitForTimeout(400);
        await editor.context().setOffline(false);
        await allSent(editor);
        const all = await texts(editor);
        once(all, 'On the train, one.');
        once(all, 'On the train, two.');
        assert.ok(all.indexOf('On the train, two.') < all.indexOf('On the train, one.'));
        await typed(editor, 'Half a sent');
        await editor.locator('#body').fill('');
    }],
    ['what is typed is its window’s; the next page takes what a closed one left, and no words go under another’s key', async () => {
        const [first, second] = [await editor.context().newPage(), await editor.context().newPage()];
        await first.goto(at.live);
        await second.goto(at.live);
        await first.locator('#body').fill('First.');
        await second.locator('#body').fill('Second.');
        await first.waitForTimeout(400);
        const third = await editor.context().newPage();
        await third.goto(at.live);
        await third.waitForTimeout(600);
        assert.equal(await third.locator('#body').inputValue(), ''); // both are open
        await first.close();
        await third.reload();
        await typed(third, 'First.');
        await typed(second, 'Second.');
        // Two windows with one key, by whatever means: each has its entry.
        const key = await third.locator('#live-form input[name=key]').inputValue();
        await second.locator('#live-form input[name=key]').evaluate((field, value) => { field.value = value; }, key);
        await third.locator('#live-form button.strong').click();
        await allSent(third);
        await second.locator('#live-form button.strong').click();
        await allSent(second);
        const all = await texts(third);
        once(all, 'First.');
        once(all, 'Second.');
        await second.close();
        await third.close();
    }],
    ['an answer that is lost makes no second entry, and a closed tab loses none', async () => {
        await editor.evaluate(() => {
            const whole = window.fetch;
            window.lost = 0;
            window.fetch = async (...args) => {
                const reply = await whole(...args);
                if (args[1]?.method === 'POST' && window.lost++ < 1) {
                    throw new TypeError('the office has it, the browser hears nothing');
                }
                return reply;
            };
        });
        await enter(editor, 'Heard twice?');
        await allSent(editor);
        assert.ok(await editor.evaluate(() => window.lost) >= 2);
        once(await texts(editor), 'Heard twice?');
        await editor.context().setOffline(true);
        await enter(editor, 'Before the tab was closed.');
        const other = await editor.context().newPage();
        await editor.close();
        await other.context().setOffline(false);
        await other.goto(at.live);
        await entries(other).filter({ hasText: 'Before the tab was closed.' }).waitFor({ timeout: patience(15000) });
        once(await texts(other), 'Before the tab was closed.');
        at.tab = other;
    }],
    ['an entry is changed and removed by keys alone, and comes back', async () => {
        const page = at.tab;
        const row = entries(page).filter({ hasText: 'From the hall.' });
        await row.locator('a', { hasText: 'Change' }).focus();
        await page.keyboard.press('Enter');
        await page.locator('#body').focus();
        await page.keyboard.press('Control+A');
        await page.keyboard.type('From the great hall.');
        await page.locator('main form button.strong').first().focus();
        await page.keyboard.press('Enter');
        const changed = entries(page).filter({ hasText: 'From the great hall.' });
        await changed.waitFor();
        await changed.locator('button', { hasText: 'Remove' }).focus();
        await page.keyboard.press('Enter');
        await page.locator('[role=status]:not(#out)').waitFor();
        assert.equal(await page.locator('#live-entries > ol > li', { hasText: 'great hall' }).count(), 0);
        await page.locator('button', { hasText: 'Undo' }).focus();
        await page.keyboard.press('Enter');
        await changed.waitFor();
    }],
    ['a reporter’s entry waits for an editor', async () => {
        const reporter = await signedIn('reporter');
        await reporter.goto(at.live);
        await enter(reporter, 'From the polling station.');
        await entries(reporter).filter({ hasText: 'waits for an editor' }).waitFor();
        await chief.reload();
        await entries(chief).filter({ hasText: 'polling station' }).locator('button.strong').click();
        await chief.locator('[role=status]:not(#out)').waitFor();
        assert.equal(await entries(chief).filter({ hasText: 'waits' }).count(), 0);
        assert.deepEqual(await judge(reporter), []);
        await reporter.context().close();
    }],
    ['axe and widths', async () => {
        assert.deepEqual(await judge(chief), []);
        await chief.locator('#live-entries a', { hasText: 'Change' }).first().click();
        assert.deepEqual(await judge(chief), []);
        await chief.context().close();
    }],
    ['without script', async () => {
        const { cookies } = await at.tab.context().storageState();
        const page = await open({ javaScriptEnabled: false });
        await page.context().addCookies(cookies);
        await page.setViewportSize({ width: 390, height: 844 });
        await page.goto(at.live);
        await enter(page, 'Without script.', 'Plain');
        await page.locator('[role=status]:not(#out)').waitFor();
        assert.equal(await entries(page).first().locator('h3').textContent(), 'Plain');
        await entries(page).first().locator('button', { hasText: 'Remove' }).click();
        await page.locator('button', { hasText: 'Undo' }).click();
        assert.equal(await entries(page).first().locator('h3').textContent(), 'Plain');
    }],
]);
