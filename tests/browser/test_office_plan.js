// A link for a lawyer, the calendar, a translation beside its original: as people use them, at 320 to 1280 under axe, by
// keys, and without script.
'use strict';
const { assert, run } = require('./harness.js');
const { at, judge, openOffice, signedIn, tab } = require('./office.js');

const wrong = [];
let editor = null;
let story = '';

async function judged(page) {
    wrong.push(...await judge(page));
    await page.setViewportSize({ width: 1280, height: 900 });
}

async function newStory(page, title, body) {
    await page.goto(`${at.office}/stories/new`);
    await page.locator('#title').fill(title);
    await page.locator('#language').selectOption('en');
    await page.locator('main button.strong').click();
    await page.locator('#story-form').waitFor();
    const address = page.url().replace(/\?.*/, '');
    await setBody(page, address, body);
    return address;
}

// By the form itself, as without script.
async function setBody(page, address, body) {
    await page.goto(address);
    await page.evaluate(async ([text, to]) => {
        const data = new URLSearchParams(new FormData(document.getElementById('story-form')));
        data.set('body', text);
        await fetch(`${to}/save`, { method: 'POST', body: data });
    }, [body, address]);
    await page.goto(address);
}

async function makeLink() {
    await editor.goto(story);
    await editor.getByRole('link', { name: 'Links for readers outside' }).click();
    await judged(editor);
    await editor.locator('#name').fill('Dr. Marta Kalnina, lawyer');
    await editor.locator('#hours').selectOption('336');
    await editor.getByRole('button', { name: 'Make the link' }).click();
    await judged(editor);
    const link = new URL(await editor.locator('.token code').textContent());
    return at.office + link.pathname; // the port of a test is not the one of its settings
}

run([
    ['begin', async () => {
        await openOffice();
        editor = await signedIn('editor');
        story = await newStory(editor, 'A fog that nobody ordered', 'It came at six.\n\nThe second paragraph says: nine.\n\nThe third.\n');
    }],
    ['a lawyer reads', async () => {
        const link = await makeLink();
        const lawyer = await tab({ javaScriptEnabled: false });
        await lawyer.goto(link);
        assert.doesNotMatch(await lawyer.content(), /fog that nobody/);
        await lawyer.getByRole('button', { name: 'Read' }).click();
        assert.match(await lawyer.locator('body').textContent(), /The second paragraph says: nine\./);
        assert.equal(await lawyer.locator('h1').textContent(), 'A fog that nobody ordered');
        assert.deepEqual(lawyer.complaints, []);
        const shown = lawyer.url();
        await lawyer.goto(story);
        assert.match(lawyer.url(), /\/sign-in/);
        await editor.goto(`${story}/reading`);
        assert.match(await editor.locator('tbody tr').textContent(), /1 · last/);
        await judged(editor);
        await editor.getByRole('button', { name: 'End' }).click();
        assert.match(await editor.locator('tbody tr').textContent(), /Ended/);
        for (const address of [link, shown]) {
            await lawyer.goto(address);
            assert.match(await lawyer.locator('main').textContent(), /It was ended or has run out/);
        }
    }],
    ['what a lawyer sees is judged', async () => {
        const link = await makeLink();
        const lawyer = await tab();
        await lawyer.goto(link);
        await judged(lawyer);
        await lawyer.keyboard.press('Tab');
        for (let n = 0; n < 10 && await lawyer.evaluate(() => document.activeElement.tagName) !== 'BUTTON'; n++) {
            await lawyer.keyboard.press('Tab');
        }
        await lawyer.keyboard.press('Enter');
        await lawyer.locator('h1', { hasText: 'A fog' }).waitFor();
        await lawyer.goto(`${at.office}/read/00000000000000000000000000000000`);
        await judged(lawyer);
    }],
    ['the calendar', async () => {
        await editor.goto(story);
        await editor.locator('[id="due"], [name="due"]').first().fill('2031-05-13T09:30');
        await editor.locator('form[action$="/task"] button').click();
        await editor.goto(`${at.office}/stories`);
        await editor.getByRole('link', { name: 'Calendar' }).click();
        assert.equal(await editor.locator('.plan .today').count(), 1);
        await judged(editor);
        await editor.locator('input[name=day]').fill('2031-05-01');
        await editor.getByRole('button', { name: 'Show' }).click();
        assert.match(await editor.locator('h1').textContent(), /May 2031/);
        assert.match(await editor.locator('.plan li.day', { hasText: 'Tue 13 May' }).textContent(), /09:30.*Due.*A fog/);
        await judged(editor);
        await editor.setViewportSize({ width: 390, height: 844 });
        assert.equal(await editor.locator('.plan li.day:visible').count(), 1);
        await editor.setViewportSize({ width: 1280, height: 900 });
        assert.equal(await editor.locator('.plan li.day:visible').count(), 35);
        await editor.getByRole('link', { name: 'Week' }).focus();
        await editor.keyboard.press('Enter');
        await editor.locator('.plan-ways a[aria-current]', { hasText: 'Week' }).waitFor(); // a key does not wait for its page
        assert.equal(await editor.locator('.plan li.day').count(), 7);
        await judged(editor);
        await editor.getByRole('link', { name: 'Later' }).click();
        assert.match(await editor.locator('h1').textContent(), /2031/);
    }],
    ['a translation beside its original', async () => {
        await editor.goto(`${story}/translation`);
        await judged(editor);
        await editor.locator('#language').selectOption('ru');
        await editor.getByRole('button', { name: 'Begin the translation' }).click();
        await editor.locator('#story-form').waitFor();
        const russian = editor.url();
        await setBody(editor, russian, 'Он пришёл в шесть.\n\nВторой абзац говорит: девять.\n\nТретий.\n');
        await editor.goto(`${russian}/translation`);
        assert.equal(await editor.locator('.parallel .mark').count(), 0);
        await setBody(editor, story, 'It came at six.\n\nThe second paragraph says: ten.\n\nThe third.\n\nA fourth.\n');
        await editor.goto(`${at.office}/stories?language=ru`);
        assert.match(await editor.locator('table.stories tbody tr').first().textContent(), /behind its original/);
        await editor.goto(`${russian}/translation`);
        const row = editor.locator('.parallel li', { hasText: 'Второй абзац' });
        assert.equal(await row.locator('.mark').textContent(), 'Changed in the original');
        assert.equal(await row.locator('del').textContent(), 'nine');
        assert.equal(await row.locator('ins').textContent(), 'ten');
        assert.match(await editor.locator('.parallel .new').textContent(), /A fourth/);
        const sides = await row.evaluate((it) => [...it.querySelectorAll('.original, .translation')].map((side) => side.getBoundingClientRect().top));
        assert.ok(Math.abs(sides[0] - sides[1]) < 2, `${sides}`);
        await judged(editor);
        const plain = await signedIn('chief', { javaScriptEnabled: false });
        await plain.goto(`${russian}/translation`);
        await plain.getByRole('button', { name: 'The translation is up to date' }).click();
        assert.match(await plain.locator('main').textContent(), /says what its original says/);
        assert.equal(await plain.locator('.parallel .mark').count(), 0);
    }],
    ['pages', async () => {
        assert.deepEqual(wrong, []);
        assert.deepEqual(editor.complaints, []);
    }],
]);
