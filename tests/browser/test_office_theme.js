// The theme and the paper's own pages in the office as it runs, in its sandbox: a draft looked at on pages of the
// newspaper, on mails and answers, a mistake refused, a change that readers see and one taken back; with script and without it, by keyboard, under axe.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { at, judge, openOffice, signedIn } = require('./office.js');
const { KOLOKOL, assert, kolokol, patience, run, serve } = require('./harness.js');

let paper = ''; // the address of a stand beside those of the newsroom
const DRAFT = '<p>Words of a draft</p>';

// The front as readers get it, once it says so; the press of the running newsroom is at work beside.
async function frontSays(words, there) {
    for (let tries = 0; tries < patience(240); tries++) {
        const reply = await fetch(paper).catch(() => null);
        if (reply !== null && reply.ok && (await reply.text()).includes(words) === there) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.fail(`the front ${there ? 'never says' : 'still says'} ${words}`);
}

async function look(page, name) {
    await page.goto(`${at.office}/theme`);
    assert.deepEqual(await judge(page), []);
    await page.locator(`a[href="/theme/${name}"]`).click();
    const text = page.locator('#text');
    await text.fill(await text.inputValue() + DRAFT);
    assert.deepEqual(await judge(page), []);
    await page.locator('button[value=look]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/look$/);
    await page.frameLocator('iframe').locator('text=Words of a draft').first().waitFor();
    assert.deepEqual(await judge(page), []);
}

async function draft(page) {
    await look(page, 'layout.mustache');
    await page.locator('nav a', { hasText: 'Story' }).click();
    await page.frameLocator('iframe').locator('text=Words of a draft').waitFor();
    await page.locator('nav a', { hasText: 'Phone' }).click();
    await page.locator('iframe.phone').waitFor();
    assert.deepEqual(fs.readdirSync(path.join(at.newsroom, 'theme')), []);
    await page.goto(`${at.office}/theme/layout.mustache`);
    assert.ok((await page.locator('#text').inputValue()).endsWith(DRAFT));
    await frontSays('Words of a draft', false);
}

// A receipt as a draft makes it, both its parts, and the answer after a gift. Nothing leaves.
async function letter(page) {
    const outbox = path.join(at.newsroom, 'outbox');
    const before = fs.readdirSync(outbox);
    await page.goto(`${at.office}/theme/mail-gift-receipt.mustache`);
    const text = page.locator('#text');
    await text.fill((await text.inputValue()).replace('{{/main}}', `${DRAFT}{{/main}}`));
    await page.locator('button[value=look]').click();
    await page.waitForURL(/\/look$/);
    await page.frameLocator('iframe').locator('text=Words of a draft').waitFor();
    await page.locator('pre.letter').waitFor();
    assert.deepEqual(await judge(page), []);
    await page.locator('nav a', { hasText: 'monthly' }).click();
    await page.frameLocator('iframe').locator('a[href*="/gift-cancel/example"]').waitFor();
    await page.goto(`${at.office}/theme/door.mustache/look?page=door-gift-thanks.once`);
    await page.frameLocator('iframe').locator('.sum').waitFor();
    assert.deepEqual(await judge(page), []);
    await page.goto(`${at.office}/theme/newsletter-issue.mustache/look`);
    await page.frameLocator('iframe').locator('article.issue h1').waitFor();
    assert.deepEqual(fs.readdirSync(outbox), before);
}

async function mistake(page) {
    await page.goto(`${at.office}/theme/card.mustache`);
    await page.locator('#text').fill('one\n{{#open}}');
    await page.locator('button[value=save]').click();
    await page.locator('[role=alert]', { hasText: 'theme/card.mustache:2: {{#open}} is never closed' }).waitFor();
    assert.equal(await page.locator('#text').inputValue(), 'one\n{{#open}}');
    assert.deepEqual(await judge(page), []);
    assert.deepEqual(fs.readdirSync(path.join(at.newsroom, 'theme')), []);
}

async function change(page) {
    await page.goto(`${at.office}/theme/layout.mustache/look`);
    await page.locator('main button.strong').click();
    await page.waitForURL(/done=saved/);
    assert.deepEqual(await judge(page), []);
    assert.deepEqual(fs.readdirSync(path.join(at.newsroom, 'theme')), ['layout.mustache']);
    await frontSays('Words of a draft', true);
    await page.goto(`${at.office}/theme`);
    await page.locator('main table').first().locator('a', { hasText: 'layout.mustache' }).click();
    await page.locator('button.danger').click();
    await page.waitForURL(/done=reset/);
    await frontSays('Words of a draft', false);
    assert.match(kolokol('-C', at.newsroom, 'theme', 'list', '--own'), /^$/);
}

async function pages(page) {
    await page.goto(`${at.office}/pages`);
    const names = () => page.locator('tbody th').allTextContents();
    const before = await names();
    await page.locator('tbody tr').nth(1).locator('button', { hasText: 'Up' }).click();
    await page.waitForURL(/done=1/);
    assert.deepEqual(await names(), [before[1], before[0], ...before.slice(2)]);
    await page.locator('tbody tr').nth(0).locator('button', { hasText: 'Hide' }).click();
    await page.locator('tbody tr').nth(0).locator('button', { hasText: 'Show' }).waitFor();
    await frontSays(`>${before[1]}</a>`, false);
    await page.locator('#title').fill('Our code');
    await page.locator('form[action="/pages"] button').click();
    await page.waitForURL(/\/stories\/\d+$/);
}

let chief = null;
run([
    ['office-theme/a draft is looked at and changes nothing', async () => {
        await openOffice({ serve: true });
        const [, port] = await serve(KOLOKOL, ['-C', at.newsroom, 'stand'], /127\.0\.0\.1:(\d+)/);
        paper = `http://127.0.0.1:${port}/`;
        chief = await signedIn('chief');
        await draft(chief);
    }],
    ['office-theme/a mail and an answer are looked at', () => letter(chief)],
    ['office-theme/a mistake is refused', () => mistake(chief)],
    ['office-theme/a change reaches readers and is taken back', async () => {
        await change(chief);
        assert.deepEqual(chief.complaints, []);
    }],
    ['office-theme/the paper\'s own pages, without script', async () => {
        for (const where of ['/pages', '/paper']) {
            await chief.goto(at.office + where);
            assert.deepEqual(await judge(chief), []);
        }
        const editor = await signedIn('editor', { javaScriptEnabled: false });
        await pages(editor);
        assert.deepEqual(editor.complaints, []);
    }],
]);
