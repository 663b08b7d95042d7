// Settings, campaigns and newsletters in the office as it runs, in its sandbox: with a browser's script and without it,
// by keyboard, under axe at three widths.
'use strict';
const { at, judge, openOffice, signedIn } = require('./office.js');
const { assert, run } = require('./harness.js');

async function press(page, selector) {
    await page.locator(selector).focus();
    await page.keyboard.press('Enter');
}

async function settings(page) {
    await page.goto(`${at.office}/settings`);
    assert.deepEqual(await judge(page), []);
    await page.locator('#contact').fill('readers@bell.example');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=saved/);
    assert.equal(await page.locator('#contact').inputValue(), 'readers@bell.example');
    await page.locator('#url').fill('nowhere');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: 'Address of the paper: ' }).waitFor();
    assert.equal(await page.locator('#url').inputValue(), 'nowhere');
    await page.goto(`${at.office}/settings/languages`);
    await press(page, 'button[aria-label="Later: en"]');
    await page.locator('button.danger').waitFor();
    assert.deepEqual(await judge(page), []);
    await page.goto(`${at.office}/settings/languages`);
    assert.equal(await page.locator('tbody th').first().textContent(), 'English');
}

async function campaign(page) {
    await page.goto(`${at.office}/campaigns`);
    assert.deepEqual(await judge(page), []);
    await page.locator('tbody a').first().click();
    await page.locator('#heading').fill('A Message:');
    await press(page, 'form[action="/campaigns/save"] button.strong');
    await page.locator('blockquote.letter h2', { hasText: 'A Message:' }).waitFor();
    assert.match(await page.locator('[role=status]').textContent(), /MB/);
    assert.deepEqual(await judge(page), []);
    await press(page, 'form[action="/campaigns/save"] button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(await page.locator('#heading').inputValue(), 'A Message:');
    assert.deepEqual(await judge(page), []);
}

async function newsletter(page) {
    await page.goto(`${at.office}/newsletters`);
    assert.deepEqual(await judge(page), []);
    await page.goto(`${at.office}/newsletters/weekly`);
    await press(page, 'form[action$="/compose"] button');
    await page.waitForURL(/\/issues\/\d+\?done=composed/);
    assert.deepEqual(await judge(page), []);
    const issue = new URL(page.url()).pathname;
    const [letter] = await Promise.all([page.waitForResponse((one) => one.url().endsWith(`${issue}/html`)),
        page.locator(`a[href="${issue}/html"]`).click()]);
    assert.match(letter.headers()['content-security-policy'], /^sandbox/);
    await page.locator('.page h1').waitFor(); // the letter, with its own style
    assert.equal(await page.locator('.page').evaluate((one) => getComputedStyle(one).padding), '16px');
    await page.goto(`${at.office}${issue}`);
    await page.locator('a.go').click();
    assert.deepEqual(await judge(page), []);
    await page.locator('button.danger').dblclick();
    await page.waitForURL(/done=sent/);
    assert.equal(await page.locator('a.go').count(), 0);
    assert.deepEqual(await judge(page), []);
}

async function asChief(page) {
    await settings(page);
    await newsletter(page);
    assert.deepEqual(page.complaints, []);
}

run([
    ['office-texts/settings and a newsletter', async () => {
        await openOffice();
        await asChief(await signedIn('chief'));
    }],
    ['office-texts/a campaign', async () => {
        const page = await signedIn('fundraiser');
        await campaign(page);
        assert.deepEqual(page.complaints, []);
    }],
    ['office-texts/without script', async () => {
        const page = await signedIn('editor', { javaScriptEnabled: false });
        await page.goto(`${at.office}/newsletters/weekly`);
        await page.locator('#description').fill('Plain.');
        await page.locator('form[action="/newsletters/save"] button.strong').click();
        await page.waitForURL(/done=saved/);
        assert.equal((await page.locator('#description').inputValue()).trim(), 'Plain.');
        assert.deepEqual(page.complaints, []);
    }],
]);
