// The front arranged in Chromium: by dragging, by the keyboard alone, without script; two editors at once; the breaking
// line; sections, topics and redirects; axe and three widths.
'use strict';
const { assert, run } = require('./harness.js');
const { at, judge, openOffice, signedIn } = require('./office.js');

let editor = null;
let chief = null;
const wrong = [];

const headlines = (page) => page.locator('.slots > li[data-slot] strong').allTextContents();

async function front(page, language = 'en') {
    await page.goto(`${at.office}/front?language=${language}`);
    return headlines(page);
}

// As a list: what stood at `from` goes to `to`, both from 1.
function moved(list, from, to) {
    const after = [...list];
    after.splice(to - 1, 0, ...after.splice(from - 1, 1));
    return after;
}

async function dragged() {
    await openOffice();
    editor = await signedIn('editor');
    const before = await front(editor);
    assert.equal(before.length, 9);
    await editor.locator('#slot-3').dragTo(editor.locator('#slot-1'));
    await editor.waitForURL(/at=1/);
    const up = await headlines(editor);
    assert.deepEqual(up.slice(0, 3), moved(before, 3, 1).slice(0, 3));
    await editor.locator('#slot-1').dragTo(editor.locator('#slot-3'));
    await editor.waitForURL(/at=3/);
    assert.deepEqual((await headlines(editor)).slice(0, 3), before.slice(0, 3));
    assert.match(await editor.locator('#slot-3').textContent(), /held/);
}

// Tab to the button and Enter; then Alt and an arrow where the focus was left.
async function byKeyboard() {
    const before = await front(editor);
    for (let presses = 0; presses < 60; presses++) {
        await editor.keyboard.press('Tab');
        if (await editor.evaluate(() => document.activeElement.getAttribute('aria-label')) === 'Up, place 2') {
            break;
        }
    }
    await editor.keyboard.press('Enter');
    await editor.waitForURL(/at=1/);
    assert.equal((await headlines(editor))[0], before[1]);
    assert.equal(await editor.evaluate(() => document.activeElement.id), 'slot-1');
    await editor.keyboard.press('Alt+ArrowDown');
    await editor.waitForURL(/at=2/);
    assert.deepEqual((await headlines(editor)).slice(0, 2), before.slice(0, 2));
}

// Another story by search, on top, then let go; all by forms.
async function withoutScript() {
    const plain = await editor.context().browser().newContext({
        javaScriptEnabled: false, storageState: await editor.context().storageState(),
    });
    const page = await plain.newPage();
    const before = await front(page);
    await page.locator('#slot-1 a', { hasText: 'Another' }).click();
    await page.locator('input[type=search]').fill('Trams');
    await page.locator('.search button').click();
    await page.locator('.slots button').first().click();
    await page.waitForURL(/at=1/);
    const after = await headlines(page);
    assert.equal(after[0], 'Trams stop at nine');
    assert.equal(after[1], before[0]);
    await page.locator('#slot-1 button', { hasText: 'Down' }).click();
    assert.equal((await headlines(page))[1], 'Trams stop at nine');
    await page.locator('#slot-2 button', { hasText: 'Let go' }).click();
    assert.match(await page.locator('#slot-2').textContent(), /by rule/);
    await plain.close();
}

// The second one sees what is there, and what was wanted is one button away.
async function twoEditors() {
    chief = await signedIn('chief');
    await front(chief);
    const before = await front(editor);
    await editor.locator('#slot-4 button', { hasText: 'Up' }).click();
    await editor.waitForURL(/at=3/);
    await chief.locator('#slot-1 button', { hasText: 'Down' }).click();
    await chief.locator('[role=alert]').waitFor();
    assert.equal((await headlines(chief))[0], before[0]);
    assert.equal((await headlines(chief))[2], before[3]);
    wrong.push(...await judge(chief));
    await chief.locator('main form button.strong').first().click();
    await chief.waitForURL(/at=2/);
    assert.equal((await headlines(chief))[1], before[0]);
}

async function breaking() {
    await front(editor);
    await editor.locator('#text').fill('Ice on the <b>river</b>');
    await editor.locator('button', { hasText: 'Set the line' }).click();
    await editor.waitForURL(/breaking/);
    assert.equal(await editor.locator('p.breaking').textContent(), 'Ice on the <b>river</b>');
    await editor.locator('button', { hasText: 'Take the line away' }).click();
    await editor.waitForURL(/breaking/);
    assert.equal(await editor.locator('p.breaking').count(), 0);
}

async function sections() {
    await chief.goto(`${at.office}/sections`);
    const names = () => chief.locator('tbody th').allTextContents();
    const before = await names();
    await chief.locator('tbody tr').nth(1).locator('button', { hasText: 'Up' }).click();
    await chief.locator('[role=status]').waitFor();
    assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
    await chief.locator('tbody th a').first().click();
    await chief.locator('#about').fill('What the water does.');
    await chief.locator('input[name=hidden]').check();
    await chief.locator('button.strong').click();
    await chief.locator('[role=status]').waitFor();
    assert.match(await chief.locator('tbody tr').first().textContent(), /hidden/);
}

async function topicsAndRedirects() {
    await editor.goto(`${at.office}/topics`);
    const [first, second] = await editor.locator('tbody th').allTextContents();
    await editor.locator('tbody th a').first().click();
    await editor.locator('#into').fill(second);
    await editor.locator('input[name=sure]').check();
    await editor.locator('button.danger').click();
    await editor.locator('[role=status]').waitFor();
    assert.ok(!(await editor.locator('tbody th').allTextContents()).includes(first));
    await editor.goto(`${at.office}/redirects`);
    assert.match(await editor.locator('tbody').textContent(), /topic\/.*topic\//);
    await editor.locator('#from').fill('/old/page');
    await editor.locator('#to').fill('/');
    await editor.locator('button.strong').click();
    await editor.locator('tbody th', { hasText: 'old/page/index.html' }).waitFor();
    await editor.locator('#from').fill('/one/more');
    await editor.locator('#to').fill('/one/more');
    await editor.locator('button.strong').click();
    assert.match(await editor.locator('[role=alert]').textContent(), /circle/);
}

async function bylines() {
    await editor.goto(`${at.office}/authors`);
    const [first, second] = await editor.locator('tbody th').allTextContents();
    await editor.locator('tbody th a').nth(1).click();
    await editor.locator('#name').fill(first); // taken already
    await editor.locator('button.strong').click();
    assert.match(await editor.locator('[role=alert]').textContent(), /already/);
    await editor.locator('#name').fill(`${second}, the younger`);
    await editor.locator('button.strong').click();
    await editor.locator('[role=status]').waitFor();
    assert.ok((await editor.locator('tbody th').allTextContents()).includes(`${second}, the younger`));
    await editor.locator('tbody th a', { hasText: 'the younger' }).click();
    await editor.locator('#into').fill(first);
    await editor.locator('input[name=sure]').check();
    await editor.locator('button.danger').click();
    await editor.locator('[role=status]').waitFor();
    assert.ok(!(await editor.locator('tbody th').allTextContents()).includes(`${second}, the younger`));
    await editor.locator('tbody th a').first().click();
    wrong.push(...await judge(editor));
}

async function pagesAreGood() {
    await chief.goto(`${at.office}/topics`);
    const topic = await chief.locator('tbody th a').first().getAttribute('href');
    for (const name of ['/paper', '/front', '/front?language=ru', '/front/1?words=a', '/sections', '/topics', topic, '/authors',
        '/redirects']) {
        await chief.goto(at.office + name);
        wrong.push(...await judge(chief));
    }
    const section = await chief.goto(`${at.office}/sections`) && await chief.locator('tbody th a').first().getAttribute('href');
    await chief.goto(at.office + section);
    wrong.push(...await judge(chief));
    assert.deepEqual(wrong, []);
    assert.deepEqual(editor.complaints, []);
    assert.deepEqual(chief.complaints, []);
}

run([
    ['dragging', dragged],
    ['the keyboard alone', byKeyboard],
    ['without script', withoutScript],
    ['two editors at once', twoEditors],
    ['the breaking line', breaking],
    ['sections', sections],
    ['topics and redirects', topicsAndRedirects],
    ['bylines', bylines],
    ['axe, three widths, light and dark', pagesAreGood],
]);
