// Choosing pictures in a story's form: from the library by words, click and keys, sent from the same window, dropped into
// the text; the lead picture the same way; and without script by a search that keeps what is typed.
'use strict';
const { assert, open, patience, run } = require('./harness.js');
const { at, judge, openOffice, signedIn } = require('./office.js');

let page = null;
const figures = () => page.locator('.writing figure');
const source = async () => {
    await page.locator('.tools button', { hasText: 'Markdown' }).click();
    const text = await page.locator('#body').inputValue();
    await page.locator('.tools button', { hasText: 'Markdown' }).click();
    return text;
};

async function begin() {
    await openOffice({ serve: true });
    page = await signedIn('editor');
    await page.goto(`${at.office}/stories/new`);
    await page.locator('#title').fill('A story with pictures');
    await page.locator('main button.strong').click();
    await page.locator('.writing .text').click();
    await page.keyboard.type('First paragraph.');
    at.story = page.url();
}

async function picked() {
    await page.locator('.tools button', { hasText: 'Picture' }).click();
    const box = page.locator('dialog.pick');
    await box.locator('li').nth(3).waitFor();
    assert.deepEqual(await judge(page), []);
    await page.setViewportSize({ width: 1280, height: 900 });
    await box.locator('[type=search]').fill('ferry');
    await box.locator('li').nth(1).waitFor({ state: 'detached' }); // the word is in its alt text
    await box.locator('li button', { hasText: 'The Saint Nicholas' }).click();
    await box.waitFor({ state: 'detached' });
    await figures().first().waitFor();
    assert.match(await figures().first().locator('figcaption').textContent(), / · /); // caption and credit
    assert.match(await source(), /!\[.+\]\(media:\d+ ".+ \| .+"\)/);
}

async function byKeys() {
    await page.locator('.writing .text').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Second.');
    await page.keyboard.press('Enter');
    await page.locator('.tools button', { hasText: 'Picture' }).focus();
    await page.keyboard.press('Enter');
    const box = page.locator('dialog.pick');
    await box.locator('li').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
    await box.locator('li button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    assert.equal(await figures().count(), 2);
    await page.locator('.tools button', { hasText: 'Picture' }).click();
    await box.locator('li').first().waitFor();
    await page.keyboard.press('Escape'); // leaves it; nothing is put in
    await box.waitFor({ state: 'detached' });
    assert.equal(await figures().count(), 2);
}

async function photo(colour) {
    return page.evaluate((fill) => {
        const canvas = document.createElement('canvas');
        canvas.width = 600;
        canvas.height = 400;
        const pen = canvas.getContext('2d');
        pen.fillStyle = fill;
        pen.fillRect(0, 0, 600, 400);
        return canvas.toDataURL('image/jpeg').split(',')[1];
    }, colour);
}

async function sent() {
    await page.locator('.tools button', { hasText: 'Picture' }).click();
    const box = page.locator('dialog.pick');
    await box.locator('[type=file]').setInputFiles({ name: 'no.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await box.locator('.pick-status', { hasText: 'no picture of a known kind' }).waitFor({ timeout: patience(60000) });
    await box.locator('[type=file]').setInputFiles({ name: 'blue.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await photo('#227'), 'base64') });
    await box.waitFor({ state: 'detached', timeout: patience(60000) });
    assert.equal(await figures().count(), 3);
}

async function dropped() {
    const bytes = await photo('#722');
    await page.evaluate((base64) => {
        const file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'red.jpg', { type: 'image/jpeg' });
        const data = new DataTransfer();
        data.items.add(file);
        const text = document.querySelector('.writing .text');
        const { left, top } = text.querySelector('p').getBoundingClientRect();
        text.dispatchEvent(new DragEvent('drop', { dataTransfer: data, clientX: left + 5, clientY: top + 5, bubbles: true, cancelable: true }));
    }, bytes);
    await page.locator('.writing .uploading progress').waitFor();
    await page.locator('.writing .uploading').waitFor({ state: 'detached', timeout: patience(60000) });
    assert.equal(await figures().count(), 4);
}

async function leadPicture() {
    await page.locator('#photo ~ button').click();
    const box = page.locator('dialog.pick');
    await box.locator('[type=search]').fill('ferry');
    await box.locator('li button', { hasText: 'The Saint Nicholas' }).waitFor();
    await box.locator('li').nth(1).waitFor({ state: 'detached' });
    await box.locator('li button').click();
    await box.waitFor({ state: 'detached' });
    const number = await page.locator('#photo').inputValue();
    assert.match(number, /^\d+$/);
    await page.locator('.lead-shown').waitFor();
    await page.locator('.saving button.strong').click();
    await page.locator('[role=status]', { hasText: 'Saved' }).waitFor();
    assert.equal(await page.locator('#photo').inputValue(), number);
    assert.deepEqual(await judge(page), []);
    assert.deepEqual(page.complaints, []);
}

async function plain() {
    const { cookies } = await page.context().storageState();
    const form = await open({ javaScriptEnabled: false });
    await form.context().addCookies(cookies);
    await form.setViewportSize({ width: 390, height: 844 });
    await form.goto(at.story);
    await form.locator('#lead').fill('Typed before the search.');
    await form.locator('#photo-choose summary').click();
    await form.locator('#photo-words').fill('ballot');
    await form.locator('.photo-search button').click();
    assert.equal(await form.locator('#lead').inputValue(), 'Typed before the search.');
    assert.equal(await form.locator('#photo-choose').getAttribute('open'), '');
    assert.equal(await form.locator('#photo-choose li').count(), 1);
    await form.locator('#photo-choose li [type=radio]').check();
    const number = await form.locator('#photo-choose li [type=radio]').inputValue();
    await form.locator('#title').press('Enter'); // saves, and does not search
    await form.locator('[role=status]', { hasText: 'Saved' }).waitFor();
    assert.equal(await form.locator('#photo').inputValue(), number);
    assert.equal(await form.locator('#lead').inputValue(), 'Typed before the search.');
}

run([
    ['pick: begin', begin],
    ['pick: from the library by words', picked],
    ['pick: by keys alone', byKeys],
    ['pick: sent from the window', sent],
    ['pick: dropped into the text', dropped],
    ['pick: the lead picture', leadPicture],
    ['pick: without script', plain],
]);
