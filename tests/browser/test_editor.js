// Writing in the office: the editor, two people in one story, a cut connection, a killed office, and the form alone.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { KOLOKOL, assert, kolokol, open, patience, run, temporary } = require('./harness.js');
const { behind, kept, status, text, type } = require('./writing.js');

const WORD = 'correct horse battery';
const BODY = `The *fog* came in at **six**.

| day | ships |
|-----|------:|
| one |     3 |

* Keep this   list
* as it is

Third paragraph.\\
With a break, "straight" -- and __bold__.
`;
let newsroom, port, child;

async function startOffice() {
    child = spawn(KOLOKOL, ['-C', newsroom, 'office'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    const found = await new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`office did not start: ${printed}`)), patience(30000));
        const read = (bytes) => {
            printed += bytes;
            const match = /127\.0\.0\.1:(\d+)/.exec(printed);
            if (match) {
                clearTimeout(timer);
                resolve(match[1]);
            }
        };
        child.stdout.on('data', read);
        child.stderr.on('data', read);
    });
    process.on('exit', () => child.kill('SIGKILL'));
    port = found;
    const ini = path.join(newsroom, 'kolokol.ini'); // the same port after a restart
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^office=.*/m, `office=127.0.0.1:${port}`));
}

async function killOffice() {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
}

async function prepare() {
    newsroom = path.join(temporary('office'), 'paper');
    kolokol('init', '--languages', 'en,ru', newsroom);
    const ini = path.join(newsroom, 'kolokol.ini');
    fs.writeFileSync(ini, fs.readFileSync(ini, 'utf8').replace(/^office=.*/m, 'office=127.0.0.1:0'));
    const folder = temporary('words');
    fs.writeFileSync(path.join(folder, 'password'), `${WORD}\n`);
    for (const name of ['Vera', 'Ilya']) {
        kolokol('-C', newsroom, 'staff', 'add', name, `${name.toLowerCase()}@bell.example`, '--role', 'reporter',
            '--password-file', path.join(folder, 'password'));
    }
    fs.writeFileSync(path.join(folder, 'fog.md'), `---\ntitle: Fog\nid: fog\n---\n${BODY}`);
    kolokol('-C', newsroom, 'story', 'add', path.join(folder, 'fog.md'));
    await startOffice();
}

const at = (place) => `http://127.0.0.1:${port}${place}`;

async function signedIn(name, options) {
    const page = await open(options);
    page.problems = [];
    page.on('pageerror', (error) => page.problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && page.problems.push(message.text()));
    await page.goto(at('/sign-in'));
    await page.fill('input[name=email]', `${name}@bell.example`);
    await page.fill('input[name=password]', WORD);
    await page.click('main form button');
    await page.locator('h1', { hasText: 'Today' }).waitFor();
    return page;
}

let fog = '';
const stored = () => kolokol('-C', newsroom, 'story', 'show', 'fog').split('\n---\n').slice(1).join('\n---\n');

async function find(page) {
    await page.goto(at('/stories?words=fog'));
    await page.click('table.stories a');
    fog = new URL(page.url()).pathname;
}

async function unchanged() {
    await prepare();
    const page = await signedIn('vera');
    await find(page);
    await text(page).waitFor();
    assert.equal(await page.locator('#body').isVisible(), false);
    assert.equal(await page.locator('.writing pre.source').count(), 1);
    const before = stored();
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(stored(), before);
    assert.match(kolokol('-C', newsroom, 'story', 'show', 'fog', '--json'), /"revision":1\b/);
    assert.deepEqual(page.problems, []);
}

async function edit() {
    const page = await signedIn('vera');
    await page.goto(at(fog));
    await behind(page, 0);
    await page.keyboard.type(' It stayed_on *purpose*.');
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(stored(), BODY.replace('**six**.', '**six**. It stayed_on \\*purpose\\*.'));
    await page.goto(at(`${fog}/history/2`));
    assert.match(await page.locator('.difference ins').first().textContent(), /It stayed_on/);
    assert.deepEqual(page.problems, []);
    await page.goto(at(fog)); // words that are marked are those of a comment
    await text(page).locator('em').first().dblclick();
    for (let i = 0; i < patience(100) && await page.inputValue('#passage') !== 'fog'; i++) {
        await page.waitForTimeout(50);
    }
    await page.fill('#comment', 'Mist?');
    await page.click('form[action$=comment] button');
    await page.waitForURL(/done=changed/);
    assert.equal(await page.locator('.comments q').textContent(), 'fog');
}

// Each button, as Markdown. Links inside the paper are found by words of a headline.
async function tools() {
    fs.writeFileSync(path.join(newsroom, 'plain.md'), '---\ntitle: Plain\nid: plain\n---\nFirst here.\n\nSecond here.\n\nThird here.\n');
    fs.writeFileSync(path.join(newsroom, 'out.md'), '---\ntitle: Ferries wait\ndate: 2026-01-02\nstatus: published\n---\nx\n');
    kolokol('-C', newsroom, 'story', 'add', path.join(newsroom, 'plain.md'));
    kolokol('-C', newsroom, 'story', 'add', path.join(newsroom, 'out.md'));
    const page = await signedIn('vera');
    await page.goto(at('/stories?words=plain'));
    await page.click('table.stories a');
    const press = (name) => page.click(`.tools > button:text-is("${name}")`);
    const fill = async (values) => {
        for (const [i, value] of values.entries()) {
            await page.locator('.ask input').nth(i).fill(value);
        }
        await page.click('.ask button >> nth=0');
    };
    await behind(page, 0);
    await press('Link');
    await page.locator('.ask input').first().fill('ferries');
    await page.locator('.ask option').first().waitFor({ state: 'attached' });
    await fill([await page.locator('.ask option').first().getAttribute('value'), ' and a link']);
    await behind(page, 1);
    await press('Pull quote');
    await behind(page, 1); // the third: the second is inside the quotation now
    await press('Footnote');
    await fill(['Said on 3 May.']);
    await behind(page, 1);
    await page.keyboard.press('Enter');
    await page.keyboard.type('## A heading');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await press('Bold');
    await page.keyboard.type('strong');
    await press('Bold');
    await page.keyboard.type(' and plain');
    await page.keyboard.press('Enter');
    await press('Picture');
    await page.click('dialog.pick .other'); // none of the library's
    await fill(['media:1', 'A crane', 'The quay', 'Ilya / HP', '']);
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(kolokol('-C', newsroom, 'story', 'show', 'plain').split('\n---\n').slice(1).join('\n---\n'),
        'First here.[and a link](/2026/01/02/ferries-wait.html)\n\n> !pull\n> Second here.\n\nThird here.[^1]\n\n## A heading\n\n' +
        '- one\n- two\n\n**strong** and plain\n\n![A crane](media:1 "The quay | Ilya / HP")\n\n[^1]: Said on 3 May.\n');
    assert.deepEqual(page.problems.filter((problem) => !/404/.test(problem)), []);
}

// Cut and pasted, everything has its words still.
async function pasted() {
    const body = '![A crane](media:1 "The quay | Ilya / HP")\n\nText with ![small](media:2 "T") inside.\n\n' +
        '[![B](media:3 "Only words")](https://a.example/)\n\n```sh\nls\n```\n\nLast one.\n';
    fs.writeFileSync(path.join(newsroom, 'cut.md'), `---\ntitle: Scissors\nid: cut\n---\n${body}`);
    kolokol('-C', newsroom, 'story', 'add', path.join(newsroom, 'cut.md'));
    const page = await signedIn('vera');
    await page.goto(at('/stories?words=scissors'));
    await page.click('table.stories a');
    await behind(page, 1);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+X');
    assert.doesNotMatch(await text(page).textContent(), /Last one/);
    await page.keyboard.press('Control+V');
    await page.locator('.writing .text', { hasText: /Last one/ }).waitFor();
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(kolokol('-C', newsroom, 'story', 'show', 'cut').split('\n---\n').slice(1).join('\n---\n').trim(), body.trim());
    await page.context().close();
}

// The working copy is in the database: the office may be killed, and so may the tab.
async function killed() {
    const page = await signedIn('vera');
    await page.goto(at(fog));
    await behind(page, 0);
    await page.keyboard.type(' Typed and kept.');
    await kept(page);
    await killOffice();
    await page.keyboard.type(' Typed with the office dead.');
    await status(page, /No connection/);
    await startOffice();
    await kept(page);
    await page.context().close();
    const again = await signedIn('vera');
    await again.goto(at(fog));
    assert.match(await text(again).textContent(), /Typed and kept\. Typed with the office dead\./);
    await again.click('text=Give up what is not saved');
    await again.waitForURL(/dropped/);
    await again.context().close();
}

// What only the browser has is offered when the page is opened again.
async function cutOff() {
    const before = await signedIn('vera');
    const context = before.context();
    await before.goto(at(fog));
    await context.setOffline(true);
    await behind(before, 0);
    await before.keyboard.type(' On the train.');
    await status(before, /No connection/);
    await before.close(); // a page that is left would tell the server at the last moment, were there a connection
    await context.setOffline(false);
    const page = await context.newPage();
    await page.goto(at(fog));
    await page.locator('#keep-offer').waitFor();
    assert.doesNotMatch(await text(page).textContent(), /On the train/);
    await page.click('#keep-offer .take');
    await page.locator('.writing .text', { hasText: /On the train/ }).waitFor();
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.match(stored(), /On the train\./);
    await page.context().close();
}

// The page says what the office said, which is not that there is no connection.
async function refused() {
    const page = await signedIn('vera');
    await page.goto(at(fog));
    await page.locator('#title').evaluate((field) => field.removeAttribute('maxlength'));
    await page.fill('#title', 'x'.repeat(3000));
    await status(page, /the headline has 3000 bytes.*It stays in this browser/);
    await page.fill('#title', 'Fog');
    await kept(page);
    await page.goto(at(fog));
    await page.click('text=Give up what is not saved');
    await page.waitForURL(/dropped/);
    await page.context().close();
}

// Two windows of one person in one story: what one saves leaves the other's copy where it is.
async function windows() {
    const first = await signedIn('vera');
    await first.goto(at(fog));
    const second = await first.context().newPage();
    await second.goto(at(fog));
    await type(first, 0, ' First window.');
    await kept(first);
    await type(second, 0, ' Second window.');
    await status(second, /Another window of yours.*It stays in this browser/);
    await type(first, 0, ' Again.');
    await kept(first);
    await first.click('button.strong');
    await first.waitForURL(/done=saved/);
    await first.waitForTimeout(600);
    assert.equal(await first.locator('#keep-offer').isVisible(), false); // the second is open, and has it
    await second.reload();
    await second.locator('#keep-offer').waitFor();
    await second.click('#keep-offer .take');
    await second.locator('.writing .text', { hasText: /Second window/ }).waitFor();
    await second.click('text=Give up what is not saved');
    await second.waitForURL(/dropped/);
    await second.waitForTimeout(600);
    assert.equal(await second.locator('#keep-offer').isVisible(), false);
    assert.deepEqual(await second.evaluate(() => Object.keys(localStorage)), []);
    await first.context().close();
}

// What a telephone has typed and kept, and was put away with, is not gone when the page that stood open is saved.
async function elsewhere() {
    const desk = await signedIn('vera');
    await desk.goto(at(fog));
    await text(desk).waitFor();
    const phone = await signedIn('vera');
    await phone.goto(at(fog));
    await type(phone, 0, ' On the phone.');
    await kept(phone);
    await phone.context().close();
    await type(desk, -1, ' At the desk.');
    await status(desk, /Another window of yours/);
    await desk.click('button.strong');
    await desk.waitForURL(/done=other/);
    assert.match(stored(), /At the desk\./);
    assert.match(await text(desk).textContent(), /On the phone\./);
    await desk.click('button.strong');
    await desk.waitForURL(/done=(saved|merged)/);
    assert.match(stored(), /On the phone\.[\s\S]*At the desk\./);
    await desk.context().close();
}

// Who takes what the browser has instead of what the office kept gets that offered next. A field alone is enough.
async function takenBoth() {
    const before = await signedIn('vera');
    const context = before.context();
    await before.goto(at(fog));
    await text(before).waitFor();
    await context.setOffline(true);
    await before.fill('#agency', 'Fog Agency');
    await status(before, /No connection/);
    await before.close();
    await context.setOffline(false);
    const phone = await signedIn('vera');
    await phone.goto(at(fog));
    await type(phone, 0, ' Kept by the office.');
    await kept(phone);
    await phone.context().close();
    const page = await context.newPage();
    await page.goto(at(fog));
    await page.click('#keep-offer .take');
    await page.locator('#agency[value="Fog Agency"]').waitFor();
    await page.locator('#keep-offer').waitFor();
    assert.doesNotMatch(await text(page).textContent(), /Kept by the office/);
    await page.click('#keep-offer .take');
    await page.locator('.writing .text', { hasText: /Kept by the office\./ }).waitFor();
    await page.locator('#keep-offer').waitFor();
    await page.click('#keep-offer .leave');
    await page.click('text=Give up what is not saved');
    await page.waitForURL(/dropped/);
    await context.close();
}

// After Save and Escape, and back from the browser's cache, typing is kept again.
async function stayed() {
    const page = await signedIn('vera');
    await page.goto(at(fog));
    const send = () => page.evaluate(() => { // the submit event without its navigation: Escape
        const form = document.getElementById('story-form');
        form.addEventListener('submit', (event) => event.preventDefault(), { once: true });
        form.requestSubmit();
    });
    await send();
    await type(page, 0, ' After Escape.');
    await kept(page);
    await send();
    await page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        document.getElementById('keep-status').textContent = '';
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await kept(page);
    await page.reload();
    assert.match(await text(page).textContent(), /After Escape\./);
    await page.click('text=Give up what is not saved');
    await page.waitForURL(/dropped/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
}

// A page that was open when its story was taken down: it says so, and the browser's copy goes.
async function takenDown() {
    const page = await signedIn('vera');
    await page.goto(at('/stories?words=plain'));
    await page.click('table.stories a');
    await type(page, 0, ' Before.');
    await kept(page);
    kolokol('-C', newsroom, 'story', 'takedown', 'plain', '--reason', 'a court');
    await type(page, 0, ' After.');
    await status(page, /Something was taken out of this story/);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
    await page.context().close();
}

// What a browser has of stories that nobody opens in it again goes with the next page of any story: the old, the thrown
// away, what something was withheld in since. A page whose story is thrown away under it says so.
async function leftBehind() {
    const page = await signedIn('vera');
    await page.goto(at('/stories/new'));
    await page.fill('input[name=title]', 'Thrown away');
    await page.click('main form button');
    await type(page, 0, 'Words.');
    await kept(page);
    const [, number] = /stories\/(\d+)/.exec(page.url());
    const [, other] = /stories\/(\d+)/.exec(fog);
    kolokol('-C', newsroom, 'story', 'discard', number, '--sure');
    await page.keyboard.type(' More.');
    await status(page, /not there any more/);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
    await page.evaluate(([gone, there]) => {
        const put = (key, days, floor) => localStorage.setItem(`kolokol-story-${key}`,
            JSON.stringify({ at: Date.now() - days * 86400000, values: { title: 'T', body: 'B', floor } }));
        put(`${gone}-9-a`, 1, '0');
        put(`${there}-9-old`, 61, '0');
        put(`${there}-9-new`, 59, '0');
        put(`${there}-9-behind`, 1, '7');
    }, [number, other]);
    await page.goto(at('/stories/new'));
    await page.fill('input[name=title]', 'Another');
    await page.click('main form button');
    await text(page).waitFor();
    const left = () => page.evaluate(() => Object.keys(localStorage));
    for (let i = 0; i < patience(100) && (await left()).length > 1; i++) {
        await page.waitForTimeout(50);
    }
    assert.deepEqual(await left(), [`kolokol-story-${other}-9-new`]);
    await page.context().close();
}

async function two() {
    const [vera, ilya] = [await signedIn('vera'), await signedIn('ilya')];
    await vera.goto(at(fog));
    await ilya.goto(at(fog));
    await type(vera, 0, ' Vera was here.');
    await kept(vera);
    await type(ilya, -1, ' Ilya was here.');
    await kept(ilya);
    assert.match(await ilya.locator('#keep-here').textContent(), /Vera ✎/);
    await vera.click('button.strong');
    await vera.waitForURL(/done=saved/);
    await ilya.click('button.strong');
    await ilya.waitForURL(/done=merged/);
    assert.match(stored(), /Vera was here\.[\s\S]*Ilya was here\./);
    await vera.goto(at(fog));
    await type(vera, 0, ' Vera again.');
    await type(ilya, 0, ' Ilya again.');
    await vera.click('button.strong');
    await vera.waitForURL(/done=saved/);
    await ilya.click('button.strong');
    await ilya.locator('[role=alert]').first().waitFor();
    const both = await text(ilya).textContent();
    assert.match(both, /⟪⟪⟪ Ilya[\s\S]*Ilya again[\s\S]*⟪⟫ Vera[\s\S]*Vera again[\s\S]*⟫⟫⟫/);
    await vera.context().close();
    await ilya.context().close();
}

// A button of the story's way is pressed within the moment before the office is told: the office has the text first. Where
// it cannot have it, nothing is done.
async function pressedAtOnce() {
    const page = await signedIn('vera');
    await page.goto(at(fog));
    const ready = () => page.click('button[value=ready]', { noWaitAfter: true });
    await type(page, 0, ' A word at the last moment.');
    await ready();
    await page.locator('[role=alert]', { hasText: /unsaved text/ }).waitFor();
    assert.match(await text(page).textContent(), /A word at the last moment\./);
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.match(stored(), /A word at the last moment\./);
    await page.context().setOffline(true);
    await type(page, 0, ' Without a connection.');
    await ready();
    await page.locator('form[action$="/stage"] [role=alert]', { hasText: /Nothing was done.*No connection/ }).waitFor();
    assert.match(await text(page).textContent(), /Without a connection\./);
    await page.context().setOffline(false);
    await kept(page);
    await page.goto(at(fog));
    await page.click('text=Give up what is not saved');
    await page.waitForURL(/dropped/);
    await ready(); // nothing is typed: at once
    await page.waitForURL(/done=changed/);
    await page.click('button[value=draft]');
    await page.waitForURL(/done=changed/);
    await page.context().close();
}

async function withoutScript() {
    const page = await signedIn('ilya', { javaScriptEnabled: false });
    await page.goto(at('/stories/new'));
    await page.fill('input[name=title]', 'By the form alone');
    await page.click('main form button');
    await page.waitForURL(/stories\/\d+/);
    await page.fill('#body', 'Typed *without* script.\n');
    await page.fill('#authors', 'Ilya Sten');
    await page.click('button.strong');
    await page.waitForURL(/done=saved/);
    assert.equal(await page.inputValue('#body'), 'Typed *without* script.\n');
    await page.click('text=Ready');
    await page.waitForURL(/done=changed/);
    assert.match(await page.locator('.story-top').textContent(), /ready/);
    await page.click('text=History');
    assert.equal(await page.locator('tbody tr').count(), 2);
}

async function accessible() {
    const page = await signedIn('vera', { viewport: { width: 390, height: 800 } });
    await page.goto(at(fog));
    await text(page).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    // By the keyboard alone: toolbar, then the text.
    await page.focus('.tools button');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Italic');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'textbox');
    const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    for (const place of [fog, '/stories', '/stories/new', `${fog}/history`, `${fog}/history/2`]) {
        await page.goto(at(place));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        assert.deepEqual(violations.map((violation) => `${place}: ${violation.id}: ${violation.nodes[0].html}`), []);
    }
}

run([
    ['editor: opened and saved unchanged, a story has the same bytes and no revision', unchanged],
    ['editor: an edit changes its paragraph only, and the history shows it', edit],
    ['editor: each button makes its Markdown', tools],
    ['editor: what is cut and pasted keeps its words', pasted],
    ['editor: the office is killed while somebody types, and the tab after it: the text is there', killed],
    ['editor: a cut connection leaves the text in the browser, which offers it', cutOff],
    ['editor: what the office refuses is said, and stays in the browser', refused],
    ['editor: two windows of one person: each has a copy of its own', windows],
    ['editor: what another window has kept is there when this one has saved', elsewhere],
    ['editor: the browser’s copy taken, the office’s is offered', takenBoth],
    ['editor: a page that was to be left and stays keeps on', stayed],
    ['editor: a button that is pressed at once waits for the text, and does nothing without it', pressedAtOnce],
    ['editor: two people in one story: merged, and both shown where that cannot be', two],
    ['editor: the form does the job without script', withoutScript],
    ['editor: keyboard, 390 pixels, axe', accessible],
    ['editor: what the browser has of stories that are gone is dropped', leftBehind],
    ['editor: a story that is taken down under the page leaves nothing in the browser', takenDown],
]);
