// The office's first page in a browser: what readers read is drawn, what is late stands with its person, work that was
// given up can be seen and run again, mail of the outbox can be read; each part to whom it concerns; axe and widths.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { assert, kolokol, patience, run } = require('./harness.js');
const { at, judge, openOffice, press, setUpSecond, signedIn, tab } = require('./office.js');
const { scriptless } = require('./served.js');

const tabs = {};
const wrong = [];

async function judged(page, place) {
    await page.goto(`${at.office}${place}`);
    wrong.push(...await judge(page));
    await page.setViewportSize({ width: 1280, height: 900 });
}

async function today(page) {
    await page.goto(`${at.office}/`);
    return page.locator('main');
}

async function begin() {
    await openOffice({ serve: true });
    for (const role of ['reporter', 'editor', 'chief']) {
        tabs[role] = await signedIn(role);
    }
    const admin = tabs.admin = await tab();
    await admin.goto(at.links['first admin']);
    await admin.locator('#name').fill('Ada Admin');
    await admin.locator('#email').fill('ada@harbour-bell.example');
    await admin.locator('#new').fill('correct horse battery');
    await press(admin, 'Set password and sign in');
    await setUpSecond(admin);
}

// Nobody has read: words, no empty frame. Then five readers open the front and its first story; each has a browser of
// its own, since what one has fetched already does not reach the stand again.
async function plots() {
    assert.match(await (await today(tabs.reporter)).textContent(), /0 pages today/);
    assert.equal(await tabs.reporter.locator('.plot').count(), 0);
    for (let i = 0; i < 5; i++) {
        const reader = await scriptless();
        await reader.goto(at.paper);
        await reader.locator('main h2 a').first().click();
        await reader.context().close();
    }
    for (let tries = 0; tries < patience(100) && !/10 pages today, 0 yesterday/.test(await (await today(tabs.reporter)).textContent()); tries++) {
        await tabs.reporter.waitForTimeout(300); // the stand a second, the slow lane ten
    }
    const page = tabs.reporter;
    assert.match(await page.locator('main').textContent(), /10 pages today, 0 yesterday/);
    assert.equal(await page.locator('.plot svg[role=img]').count(), 2);
    assert.match(await page.locator('.plot svg').first().getAttribute('aria-label'), /10 pages today/);
    const bars = page.locator('.plot').first().locator('rect');
    const heights = await bars.evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
    assert.equal(heights.filter((height) => height > 50).length, 1); // this hour
    assert.equal(heights.length, 24);
    await page.locator('summary').first().click();
    const figures = await page.locator('details').first().locator('td').allTextContents();
    assert.equal(figures.map(Number).reduce((sum, one) => sum + one, 0), 10);
    const scale = await page.locator('.plot .scale span').evaluateAll((all) => all.map((span) => span.getBoundingClientRect().right));
    assert.ok(Math.max(...scale) <= 1280);
}

// The editor is late with a story: the chief sees it, and so does the editor.
async function overdue() {
    const { chief, editor } = tabs;
    const headline = 'What the harbour master did not say';
    await chief.goto(`${at.office}/stories/new`);
    await chief.locator('#title').fill(headline);
    await press(chief, 'Begin');
    await chief.locator('#assignee').selectOption({ label: 'Tomas Ozolin' });
    await chief.locator('#due').fill('2026-01-02T12:00');
    await press(chief, 'Set');
    await chief.waitForURL(/done=changed/);
    const part = (await today(chief)).locator('#due');
    assert.match(await part.textContent(), new RegExp(`Overdue with others[^]*${headline}[^]*Tomas Ozolin`));
    assert.match(await (await today(editor)).locator('#due').textContent(), new RegExp(headline));
    await editor.locator('#due a', { hasText: headline }).click();
    await editor.locator('#story-form').waitFor();
}

// All files below a folder, by another name; the way back with `false`.
function putAside(folder, aside) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            putAside(place, aside);
        } else if (entry.name.endsWith('.aside') !== aside) {
            fs.renameSync(place, aside ? `${place}.aside` : place.slice(0, -'.aside'.length));
        }
    }
}

// The pictures' files are gone from the disk, as after a bad copy; making one anew is given up, and says why. The files
// come back, and the work is run again.
async function givenUp() {
    const { chief, admin } = tabs;
    await chief.goto(`${at.office}/pictures`);
    await chief.locator('.pictures a').first().click();
    await chief.locator('#focal-x').waitFor();
    const media = path.join(at.newsroom, 'media');
    putAside(media, true);
    await chief.locator('#focal-x').fill('12');
    await chief.locator('#focal-y').fill('34');
    await press(chief, 'Save');
    await chief.waitForURL(/done=changed/);
    for (let tries = 0; tries < patience(100) && !/given up/.test(await (await today(admin)).locator('#work').textContent()); tries++) {
        await admin.waitForTimeout(200);
    }
    assert.match(await admin.locator('#work').textContent(), /1 job was given up/);
    assert.match(await (await today(chief)).locator('#work').textContent(), /1 job was given up/);
    assert.equal(await (await today(tabs.reporter)).locator('#work').count(), 0);
    await judged(admin, '/');
    await admin.locator('#work a').first().click();
    await admin.locator('table.jobs', { hasText: 'media.variants' }).waitFor();
    await judged(admin, '/jobs');
    putAside(media, false);
    await admin.locator('table.jobs button').first().click();
    await admin.waitForURL(/retried/);
    for (let tries = 0; tries < patience(100) && /given up/.test(await (await today(admin)).locator('#work').textContent()); tries++) {
        await admin.waitForTimeout(200);
    }
    await admin.goto(`${at.office}/jobs`);
    assert.match(await admin.locator('main').textContent(), /Nothing was given up/);
    assert.match(kolokol('-C', at.newsroom, 'jobs', 'list'), /^(?![^]*media\.variants)/);
}

// A letter can be read where it lies: by the administrator, and by the people of a demo.
async function outbox() {
    const { admin, reporter } = tabs;
    await admin.goto(`${at.office}/staff`);
    await admin.locator('#name').fill('Boris Ilyin');
    await admin.locator('#email').fill('boris@harbour-bell.example');
    await press(admin, 'Send the invitation');
    for (let tries = 0; tries < patience(100) && await (await today(admin)).locator('#outbox li').count() === 0; tries++) {
        await admin.waitForTimeout(200);
    }
    await admin.locator('#outbox a').first().click();
    await admin.waitForURL(/\/outbox$/);
    await admin.locator('main a[href^="/outbox/"]').first().click();
    assert.match(await admin.locator('main').textContent(), /boris@harbour-bell\.example/);
    assert.match(await admin.locator('main').innerHTML(), /href="http[^"]*\/link\/[0-9a-f]{32}"/);
    const place = new URL(admin.url()).pathname;
    await judged(admin, '/outbox');
    await judged(admin, place);
    assert.equal((await reporter.goto(at.office + place)).status(), 200);
}

async function others() {
    await judged(tabs.reporter, '/');
    await judged(tabs.editor, '/');
    await judged(tabs.chief, '/');
    const context = await tabs.admin.context().browser().newContext({ locale: 'ar', storageState: await tabs.admin.context().storageState() });
    await judged(await context.newPage(), '/');
    assert.deepEqual(wrong, []);
    Object.values(tabs).forEach((page) => assert.deepEqual(page.complaints, []));
}

run([
    ['dashboard: begin', begin],
    ['dashboard: readers are drawn', plots],
    ['dashboard: overdue', overdue],
    ['dashboard: given up, and run again', givenUp],
    ['dashboard: outgoing mail', outbox],
    ['dashboard: axe, three widths, light and dark', others],
]);
