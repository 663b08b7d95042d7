// Pictures in the office: two sent with script and one without, their words come from IPTC and XMP, nothing of a place
// is left anywhere in media/; the pages under axe at 390 and 1280; the focal point by a click.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { SOURCE, assert, kolokol, open, patience, run, temporary } = require('./harness.js');
const { at: office, openOffice } = require('./office.js');
const { shot } = require('./shot.js');

const at = {}; // newsroom, office (address), link (of the chief)

async function begin() {
    await openOffice({ serve: true });
    Object.assign(at, { newsroom: office.newsroom, office: office.office, link: office.links.editor, shots: temporary('shots') });
}

// Of one person, signed in by the link of the demo.
async function signedIn(options, link) {
    const page = await open(options);
    page.complaints = [];
    page.on('console', (message) => message.type() === 'error' &&
        !/\/favicon\.ico$/.test(message.location().url) && page.complaints.push(message.text()));
    if (link) {
        await page.goto(link);
        await page.locator('main button').click();
        await page.waitForURL((url) => !url.pathname.startsWith('/link'));
    }
    return page;
}

async function axe(page, name) {
    for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(require('axe-core').source);
        const { violations } = await page.evaluate(() => window.axe.run(document));
        assert.deepEqual(violations.map((one) => `${name} ${width}: ${one.id}: ${one.nodes[0].html.slice(0, 200)}`), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name} is ${wide} wide at ${width}`);
    }
}

async function withScript() {
    const page = at.page = await signedIn({}, at.link);
    await page.goto(`${at.office}/pictures`);
    await page.locator('#pictures').setInputFiles([
        await shot(at.shots, 'one.jpg', 'teal', '-XMP-dc:Description=Fog on the quay', '-XMP-dc:Creator=Ann Lee',
            '-XMP-photoshop:Credit=AFP', '-XMP-iptcCore:AltTextAccessibility=A ferry in fog'),
        await shot(at.shots, 'two.jpg', 'olive', '-XMP-dc:Description=Brücke', '-XMP-dc:Creator=Bo'),
    ]);
    await page.locator('#send-pictures button').click();
    await page.locator('#uploads li.done').nth(1).waitFor({ timeout: patience(60000) });
    assert.equal(await page.locator('#sending li').count(), 2);
    await axe(page, 'list');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator('#uploads li.done', { hasText: 'one.jpg' }).locator('a').click();
    assert.deepEqual(page.complaints, []);
}

async function words() {
    const page = at.page;
    await page.waitForURL(/\/pictures\/\d+$/);
    for (const [id, value] of [['caption', 'Fog on the quay'], ['alt', 'A ferry in fog'], ['photographer', 'Ann Lee'],
        ['agency', 'AFP']]) {
        assert.equal((await page.locator(`#${id}`).inputValue()).trim(), value);
    }
    await page.locator('#picture img').click({ position: { x: 10, y: 10 } });
    assert.match(await page.locator('#focal-x').inputValue(), /^\d$/);
    await page.locator('#licence-day').fill('2030-01-31');
    await page.locator('main form button', { hasText: 'Save' }).click();
    await page.waitForURL(/done=changed/);
    assert.equal(await page.locator('#licence-day').inputValue(), '2030-01-31');
    assert.equal(await page.locator('#photographer').inputValue(), 'Ann Lee');
    await axe(page, 'picture');
    assert.deepEqual(page.complaints, []);
}

// The page's picture until it has that size: the worker cuts.
async function untilSized(page, size) {
    for (let tries = 0; tries < patience(150) && !size.test(await page.locator('main').textContent()); tries++) {
        await page.waitForTimeout(200);
        await page.reload();
    }
    assert.match(await page.locator('main').textContent(), size);
}

// Half of it, drawn with the pointer; and the whole one again.
async function cropped() {
    const page = at.page;
    const image = page.locator('#crop-picture img');
    await image.scrollIntoViewIfNeeded();
    const box = await image.boundingBox();
    await page.mouse.move(box.x + box.width / 4, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width * 3 / 4, box.y + box.height - 1);
    await page.mouse.up();
    const value = async (name) => Number(await page.locator(`#crop-${name}`).inputValue());
    assert.ok(Math.abs(await value('left') - 25) < 2 && Math.abs(await value('width') - 50) < 3);
    assert.ok(await value('top') < 2 && await value('height') > 96);
    await axe(page, 'cropping');
    await page.locator('button', { hasText: 'Crop the picture' }).click();
    await page.waitForURL(/done=changed/);
    await untilSized(page, /jpg, 4[0-9]{2} × (5[7-9][0-9]|600)/);
    await page.locator('button', { hasText: 'Show the whole picture again' }).click();
    await page.waitForURL(/done=changed/);
    await untilSized(page, /jpg, 900 × 600/);
    const number = new URL(page.url()).pathname.split('/').pop();
    for (let tries = 0; tries < patience(150) && !/square/.test(kolokol('-C', at.newsroom, 'media', 'show', number)); tries++) {
        await page.waitForTimeout(200); // its forms are made anew
    }
    assert.deepEqual(page.complaints, []);
}

// A story's lead picture, found by its words; what is written into the field later counts again.
async function chosen() {
    const page = at.page;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${at.office}/stories`);
    await page.locator('table.stories a').first().click();
    await page.locator('#photo ~ button').click();
    const box = page.locator('dialog.pick');
    await box.locator('li').nth(1).waitFor();
    await box.locator('[type=search]').fill('fog on the');
    await box.locator('li').nth(1).waitFor({ state: 'detached' }); // the policy forbids waitForFunction
    await axe(page, 'choosing');
    const found = box.locator('li', { hasText: 'Fog on the quay' });
    const number = /(\d+)\/small/.exec(await found.locator('img').getAttribute('src'))[1];
    await found.locator('button').click();
    assert.equal(await page.locator('#photo').inputValue(), number);
    await page.locator('#photo').press('End');
    await page.locator('#photo').pressSequentially('0');
    assert.equal(await page.locator('#photo').inputValue(), `${number}0`);
    assert.deepEqual(page.complaints, []);
}

// The checkbox is left as it is.
async function withoutScript() {
    const file = await shot(at.shots, 'three.jpg', 'maroon', '-codedcharacterset=utf8', '-IPTC:Caption-Abstract=Туман',
        '-IPTC:By-line=Ира', '-IPTC:Credit=ТАСС');
    const state = await at.page.context().storageState();
    const page = await signedIn({ javaScriptEnabled: false, storageState: state });
    await page.goto(`${at.office}/pictures`);
    await page.locator('#pictures').setInputFiles(file);
    await page.locator('#send-pictures button').click();
    await page.waitForURL(/done=sent/);
    for (let tries = 0; tries < patience(100) && await page.locator('#uploads li.waiting').count() > 0; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await page.reload();
    }
    await page.locator('#uploads li.done', { hasText: 'three.jpg' }).locator('a').click();
    assert.equal((await page.locator('#caption').inputValue()).trim(), 'Туман');
    assert.equal(await page.locator('#photographer').inputValue(), 'Ира');
    assert.equal(await page.locator('#agency').inputValue(), 'ТАСС');
    const number = new URL(page.url()).pathname;
    await page.goto(`${at.office}${number}`);
    await page.locator('input[name=sure]').check();
    await page.locator('button.danger').click();
    await page.waitForURL(/done=removed/);
    assert.deepEqual(page.complaints, []);
}

async function noPlace() {
    const media = path.join(at.newsroom, 'media');
    assert.deepEqual(fs.readdirSync(path.join(media, 'incoming')), []);
    const found = spawnSync('exiftool', ['-r', '-a', '-G1', '-s', '-ext', '*', media], { encoding: 'utf8' }).stdout;
    assert.match(found, /ImageWidth/);
    assert.doesNotMatch(found, /GPS|Ann Lee|Nobody/);
}

run([
    ['office-pictures/sent with script', async () => { await begin(); await withScript(); }],
    ['office-pictures/words, licence, focal point', words],
    ['office-pictures/cropped with the pointer', cropped],
    ['office-pictures/chosen for a story', chosen],
    ['office-pictures/sent without script', withoutScript],
    ['office-pictures/no place is left', noPlace],
]);
