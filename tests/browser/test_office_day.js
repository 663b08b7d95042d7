// A day in the newsroom, from the invitation in the morning to the story that comes back at night; after each step a
// reader without script looks at the newspaper's own address. Then the same writing without script, and by keys alone.
// What each page can do besides is in the tests of that page.
'use strict';
const { assert, kolokol, patience, run, temporary } = require('./harness.js');
const { axeViolations } = require('./checks.js');
const giving = require('./giving.js');
const { at, code, erased, heading, judge, mailedLink, openOffice, press, setUpSecond, signedIn, tab } = require('./office.js');
const { scriptless } = require('./served.js');
const { shot } = require('./shot.js');
const { kept, save, status, text, type } = require('./writing.js');

const WORD = 'correct horse battery';
const PARAGRAPHS = ['The crane went at six.', 'Nobody had ordered it.', 'The port says that it has three others.'];
const wrong = []; // of the pages passed
const on = {}; // addresses: crane (the story in the office), out (where readers have it), and the like
const at_ = {}; // the people's tabs: admin, nina, editor, chief, reader

// ---- Readers ---------------------------------------------------------------------------------------------------

// Until the page at that address says this, with that status; it is open then.
async function readers(url, says, wanted = 200) {
    let last = '';
    const most = Date.now() + patience(60000); // how soon is not this test's matter
    while (Date.now() < most) {
        const said = at_.reader.complaints.length;
        const reply = await at_.reader.goto(url);
        if (reply.status() === 404) { // not out yet, which the browser complains of
            at_.reader.complaints.length = said;
        }
        last = `${reply.status()} ${(await at_.reader.locator('body').innerText()).replaceAll('\u00a0', ' ')}`; // no line begins with a dash
        if (reply.status() === wanted && says.test(last)) {
            return last;
        }
        await at_.reader.waitForTimeout(100);
    }
    return assert.fail(`${url}: not ${wanted} ${says}: ${last}`);
}

// Where readers find the story that is open in the office.
const address = (page) => page.locator('p.story-top a').first().getAttribute('href');

async function judged(page) {
    wrong.push(...await judge(page));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
}

// ---- The morning -----------------------------------------------------------------------------------------------

async function invite(name, role) {
    const { admin } = at_;
    const email = `${name.split(' ')[0].toLowerCase()}@harbour-bell.example`;
    await admin.goto(`${at.office}/staff`);
    await admin.locator('#name').fill(name);
    await admin.locator('#email').fill(email);
    await admin.locator('#role').selectOption(role);
    await press(admin, 'Send the invitation');
    await heading(admin, 'Invited');
    return mailedLink(email);
}

async function morning() {
    await openOffice({ serve: true });
    at_.reader = await scriptless();
    at_.admin = await tab();
    await at_.admin.goto(at.links['first admin']);
    await at_.admin.locator('#name').fill('Ada Admin');
    await at_.admin.locator('#email').fill('ada@harbour-bell.example');
    await at_.admin.locator('#new').fill(WORD);
    await press(at_.admin, 'Set password and sign in');
    await setUpSecond(at_.admin);
    await heading(at_.admin, 'Today');
    await judged(at_.admin);
    const link = await invite('Nina Roth', 'reporter');
    on.boris = await invite('Boris Ilyin', 'editor');
    const nina = at_.nina = await tab();
    await nina.goto(link);
    await nina.locator('#new').fill(WORD);
    await press(nina, 'Set password and sign in');
    await heading(nina, 'Today');
    await nina.goto(`${at.office}/account/second-factor`); // a reporter may have one
    await nina.locator('#password').fill(WORD);
    const { key } = await setUpSecond(nina, 'Set up a second factor');
    await nina.locator('header').getByRole('button', { name: 'Sign out' }).click();
    await nina.locator('#email').fill('nina@harbour-bell.example');
    await nina.locator('#password').fill(WORD);
    await press(nina, 'Sign in');
    await heading(nina, 'Second factor');
    await nina.locator('#code').fill(code(key, 1)); // this half minute's is used
    await press(nina, 'Go on');
    await heading(nina, 'Today');
    at_.editor = await signedIn('editor');
    at_.chief = await signedIn('chief');
}

// ---- Writing ---------------------------------------------------------------------------------------------------

async function begin(page, title) {
    await page.goto(`${at.office}/stories/new`);
    await page.locator('#title').fill(title);
    await press(page, 'Begin');
    await page.waitForURL(/\/stories\/\d+$/);
    return page.url();
}

async function written() {
    const { nina } = at_;
    on.crane = await begin(nina, 'A crane has left the harbour');
    assert.equal(await nina.locator('nav a[aria-current]').textContent(), 'Stories'); // where one is, also on pages below
    await nina.locator('#lead').fill('It was the fourth of four.');
    await nina.locator('#authors').fill('Nina Roth');
    await nina.locator('#section').fill('City');
    await nina.locator('#topics').fill('Harbour');
    await text(nina).click();
    for (const [i, words] of PARAGRAPHS.entries()) {
        i === 0 || await nina.keyboard.press('Enter');
        await nina.keyboard.type(words);
    }
    await kept(nina);
}

// The agency wrote who took it; the caption is Nina's; what it shows, nobody has said yet.
async function photographed() {
    const { nina } = at_;
    const folder = temporary('shots');
    const file = await shot(folder, 'crane.jpg', 'teal', '-XMP-dc:Creator=Ann Lee', '-XMP-photoshop:Credit=AFP');
    await nina.locator('#photo ~ button').click();
    const box = nina.locator('dialog.pick');
    await box.locator('[type=file]').setInputFiles(file);
    await box.waitFor({ state: 'detached', timeout: patience(60000) });
    await nina.locator('.lead-shown').waitFor();
    await nina.locator('#caption').fill('The place where it stood.');
    await save(nina);
    await judged(nina);
    await at_.reader.goto(at.paper);
    assert.doesNotMatch(await at_.reader.locator('body').innerText(), /crane has left/);
}

// Into the tunnel and out of it: first the browser has it, then the server.
async function tunnel() {
    const { nina } = at_;
    await nina.context().setOffline(true);
    await type(nina, 1, ' Not on paper.');
    await status(nina, /No connection/);
    await nina.context().setOffline(false);
    await kept(nina);
    await nina.reload();
    await text(nina).filter({ hasText: 'Not on paper.' }).waitFor();
    await save(nina);
    await press(nina, 'Hand to the editors');
    await nina.locator('.story-top .in-edit').waitFor();
}

// ---- Editing ---------------------------------------------------------------------------------------------------

async function reviewed() {
    const { editor, nina } = at_;
    await editor.goto(on.crane);
    await editor.locator('#passage').fill('three others');
    await editor.locator('#comment').fill('Which ones?');
    await press(editor, 'Add');
    await editor.waitForURL(/done=changed/);
    await nina.goto(on.crane);
    assert.equal(await nina.locator('.comments q').textContent(), 'three others');
    await press(nina, 'Settled');
    await nina.waitForURL(/done=changed/);
}

// Each has the other's words in the end; the one who comes second is told.
async function two() {
    const { editor, chief } = at_;
    await editor.goto(on.crane);
    await chief.goto(on.crane);
    await type(editor, 0, ' The morning one, that is.');
    await type(chief, 2, ' One of them works.');
    await Promise.all([kept(editor), kept(chief)]);
    await save(editor);
    await save(chief, 'merged');
    assert.equal(await chief.locator('#body').inputValue(), [`${PARAGRAPHS[0]} The morning one, that is.`,
        `${PARAGRAPHS[1]} Not on paper.`, `${PARAGRAPHS[2]} One of them works.`].join('\n\n') + '\n');
}

// Without alt text it does not go out.
async function published() {
    const { editor } = at_;
    await editor.goto(on.crane);
    assert.match(await editor.locator('.checklist .blocks').textContent(), /no alt text/);
    await press(editor, 'Ready');
    await editor.waitForURL(/done=changed/);
    await press(editor, 'Publish now');
    assert.match(await editor.locator('[role=alert]').textContent(), /alt text/);
    await judged(editor);
    await editor.locator('#alt').fill('An empty quay with the rails of a crane.');
    await save(editor);
    await press(editor, 'Publish now');
    await editor.waitForURL(/done=published/);
    on.out = await address(editor);
    assert.ok(on.out.startsWith(at.paper), on.out);
    const seen = await readers(on.out, /One of them works/);
    assert.match(seen, /It was the fourth of four\.[^]*The place where it stood\.[^]*Ann Lee \/ AFP[^]*Nina Roth/i);
    const photo = at_.reader.locator('main img, article img').first();
    assert.equal(await photo.getAttribute('alt'), 'An empty quay with the rails of a crane.');
    await editor.goto(`${at.office}/front`);
    await editor.locator('#text').fill('A crane has left the harbour');
    await press(editor, 'Set the line');
    await editor.waitForURL(/breaking/);
    await judged(editor);
    await readers(at.paper, /A crane has left the harbour[^]*A crane has left the harbour/); // the line, and the story
}

// ---- The day goes on -------------------------------------------------------------------------------------------

// The next minute that is far enough to be seen coming, as the newspaper's own clock writes it.
function soon() {
    const zone = kolokol('-C', at.newsroom, 'settings', 'timezone').trim();
    const when = new Date(Math.ceil((Date.now() + 8000) / 60000) * 60000);
    return when.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T').slice(0, 16);
}

// It is written now and seen later: looked at when it is due.
async function scheduled() {
    const { chief } = at_;
    on.council = await begin(chief, 'The council meets');
    await text(chief).click();
    await chief.keyboard.type('At noon, as always.');
    await save(chief);
    await chief.locator('#schedule-when').fill(soon());
    await press(chief, 'Schedule');
    await chief.waitForURL(/done=scheduled/);
    await chief.locator('.story-top .scheduled').waitFor();
    await at_.reader.goto(at.paper);
    assert.doesNotMatch(await at_.reader.locator('body').innerText(), /The council meets/);
}

async function live() {
    const { editor } = at_;
    const story = await begin(editor, 'The night of the count');
    await text(editor).click();
    await editor.keyboard.type('What comes in, as it comes in.');
    await save(editor);
    await press(editor, 'Publish now');
    await editor.waitForURL(/done=published/);
    const out = await address(editor);
    await editor.locator('p.story-top a', { hasText: 'Make it a live story' }).click();
    await editor.locator('main button.strong').first().click();
    await editor.locator('#live-form').waitFor();
    for (const [headline, words] of [['Doors', 'The doors are shut.'], ['', 'The first box is empty.']]) {
        await editor.locator('#headline').fill(headline);
        await editor.locator('#body').fill(words);
        await editor.locator('#live-form button.strong').click();
        await editor.locator('#live-entries li', { hasText: words }).waitFor();
        await editor.locator('#out a', { hasText: `${out}#e` }).waitFor(); // readers have it, and where
        await readers(out, new RegExp(words));
    }
    assert.match(await readers(out, /first box/), /The first box is empty\.[^]*The doors are shut\./); // the newest first
    await judged(editor);
    await editor.goto(story);
    assert.equal(await address(editor), out);
}

async function corrected() {
    const { editor } = at_;
    await editor.goto(on.crane);
    await editor.locator('#correction').fill('It left at seven, not at six.');
    await press(editor, 'Add the correction');
    await editor.waitForURL(/done=corrected/);
    await readers(on.out, /It left at seven, not at six\./);
    await readers(`${at.paper}/corrections.html`, /It left at seven, not at six\./);
}

// Begun from the story's own page, written beside the original, marked, published. Both know of each other.
async function translated() {
    const { editor } = at_;
    await editor.goto(on.crane);
    await editor.locator('p.story-top').getByRole('link', { name: 'Translations' }).click();
    await editor.locator('#language').selectOption('ru');
    await press(editor, 'Begin the translation');
    await editor.waitForURL(/\/stories\/\d+$/);
    const russian = editor.url();
    await editor.locator('#title').fill('Кран ушёл из порта');
    await editor.locator('#lead').fill('Это был четвёртый из четырёх.');
    await editor.locator('#section').fill('Город');
    await text(editor).click();
    await editor.keyboard.press('Control+A');
    await editor.keyboard.type('Кран ушёл в шесть.');
    await editor.locator('#caption').fill('Место, где он стоял.');
    await editor.locator('#alt').fill('Пустая набережная.');
    await save(editor);
    await editor.goto(`${russian}/translation`);
    assert.match(await editor.locator('.parallel').textContent(), /The crane went at six\.[^]*Кран ушёл в шесть\./);
    await judged(editor);
    await editor.goto(russian);
    await press(editor, 'Publish now');
    await editor.waitForURL(/done=published/);
    const there = await address(editor);
    await readers(there, /Кран ушёл в шесть\./);
    await readers(`${at.paper}/ru/`, /Кран ушёл из порта/);
    await at_.reader.locator('a', { hasText: 'Кран ушёл из порта' }).first().click();
    assert.equal(at_.reader.url(), there);
    assert.equal(new URL(await at_.reader.locator('link[hreflang=en]').getAttribute('href'), there).href, on.out);
    await readers(on.out, /One of them works/);
    for (let tries = 0; tries < patience(100) && await at_.reader.locator('link[hreflang=ru]').count() === 0; tries++) {
        await at_.reader.waitForTimeout(100);
        await at_.reader.reload();
    }
    assert.equal(new URL(await at_.reader.locator('link[hreflang=ru]').getAttribute('href'), on.out).href, there);
}

// A reader pays (no money moves), and the fundraiser sees the sum.
async function given() {
    await giving.choose(at_.reader, on.out, 'once');
    const [sum] = (await giving.pay(at_.reader, 'reader@example.org')).split(' ');
    const fundraiser = await signedIn('fundraiser');
    await fundraiser.locator('nav').getByRole('link', { name: 'The paper' }).click();
    await fundraiser.locator('main').getByRole('link', { name: 'Contributions' }).click();
    await fundraiser.locator('main td', { hasText: sum }).first().waitFor();
    await judged(fundraiser);
    assert.deepEqual(fundraiser.complaints, []);
}

// ---- Without script --------------------------------------------------------------------------------------------

async function plain(page) {
    const { cookies } = await page.context().storageState();
    const form = await tab({ javaScriptEnabled: false });
    await form.context().addCookies(cookies);
    return form;
}

// Nina writes it and sends its photo, the editor puts it out; forms, links and buttons do it all.
async function withoutScript() {
    const [nina, editor] = [await plain(at_.nina), await plain(at_.editor)];
    const file = await shot(temporary('shots'), 'quay.jpg', 'olive', '-XMP-dc:Description=The quay at noon', '-XMP-dc:Creator=Bo',
        '-XMP-photoshop:Credit=AFP', '-XMP-iptcCore:AltTextAccessibility=A quay');
    await nina.goto(`${at.office}/pictures`);
    await nina.locator('#pictures').setInputFiles(file);
    await nina.locator('#send-pictures button').click();
    const sent = nina.locator('#uploads li.done', { hasText: 'quay.jpg' });
    for (let tries = 0; tries < patience(100) && await sent.count() === 0; tries++) {
        await nina.waitForTimeout(200);
        await nina.reload();
    }
    const story = await begin(nina, 'Noon on the quay');
    await nina.locator('#body').fill('It was *quiet*.\n');
    await nina.locator('#photo-choose summary').click();
    await nina.locator('#photo-words').fill('quay at noon');
    await nina.locator('.photo-search button').click();
    await nina.locator('#photo-choose li [type=radio]').check();
    await save(nina);
    await press(nina, 'Ready');
    await nina.waitForURL(/done=changed/);
    await editor.goto(story);
    await press(editor, 'Publish now');
    await editor.waitForURL(/done=published/);
    assert.match(await readers(await address(editor), /It was quiet\./), /The quay at noon[^]*Bo \/ AFP/i);
    assert.deepEqual([...nina.complaints, ...editor.complaints], []);
}

// ---- By keys alone ---------------------------------------------------------------------------------------------

// Tab until it has the focus, as a person without a mouse.
async function tabTo(page, locator) {
    await locator.waitFor();
    for (let presses = 0; presses < 150; presses++) {
        if (await locator.evaluate((node) => node === document.activeElement)) {
            return;
        }
        await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not lead to ${locator}`);
}

async function enter(page, locator) {
    await tabTo(page, locator);
    await page.keyboard.press('Enter');
}

async function typed(page, locator, words) {
    await tabTo(page, locator);
    await page.keyboard.type(words);
}

async function byKeys() {
    const page = await tab();
    const button = (name) => page.locator('main').getByRole('button', { name, exact: true });
    await page.goto(on.boris); // the address, typed
    await typed(page, page.locator('#new'), WORD);
    await page.keyboard.press('Enter');
    await heading(page, 'Set up a second factor');
    const key = await page.locator('code').textContent();
    await typed(page, page.locator('#code'), code(key));
    await page.keyboard.press('Enter');
    await heading(page, 'Recovery codes');
    await enter(page, page.locator('a.go'));
    await heading(page, 'Today');
    await enter(page, page.locator('header').getByRole('button', { name: 'Sign out' }));
    await typed(page, page.locator('#email'), 'boris@harbour-bell.example');
    await typed(page, page.locator('#password'), WORD);
    await page.keyboard.press('Enter');
    await typed(page, page.locator('#code'), code(key, 1));
    await page.keyboard.press('Enter');
    await enter(page, page.locator('nav a', { hasText: 'Stories' }));
    await enter(page, page.locator('main a', { hasText: 'New story' }));
    await typed(page, page.locator('#title'), 'Written without a mouse');
    await page.keyboard.press('Enter');
    await typed(page, text(page), 'Key by key.');
    await enter(page, page.locator('.saving button.strong'));
    await page.waitForURL(/done=saved/);
    await enter(page, button('Publish now'));
    await page.waitForURL(/done=published/);
    await readers(await address(page), /Key by key\./);
    assert.deepEqual(page.complaints, []);
}

// ---- The night -------------------------------------------------------------------------------------------------

// What was scheduled has come; then it must go.
async function takenDown() {
    const { chief } = at_;
    for (let tries = 0; tries < patience(70); tries++) {
        await chief.goto(on.council);
        if (await chief.locator('.story-top .published').count() > 0) {
            break;
        }
        await chief.waitForTimeout(1000);
    }
    const out = await address(chief);
    await readers(out, /At noon, as always\./);
    await chief.getByRole('link', { name: 'Take down for good…' }).click();
    await chief.locator('#reason').fill('It names a child.');
    await chief.locator('#confirm').fill(/\d+$/.exec(on.council)[0]);
    await judged(chief);
    await press(chief, 'Take down for good');
    await erased(chief);
    const left = await readers(out, /./, 410);
    assert.doesNotMatch(left, /council|noon, as always/i);
    await at_.reader.goto(at.paper);
    assert.doesNotMatch(await at_.reader.locator('body').innerText(), /The council meets/);
}

// The text as Nina had it first, though two have worked on it since.
async function restored() {
    const { editor } = at_;
    await editor.goto(`${on.crane}/history`);
    await judged(editor);
    await editor.locator('tbody').getByRole('link', { name: '2', exact: true }).click(); // 1 is the headline alone
    await judged(editor);
    await press(editor, 'Restore this revision');
    await editor.waitForURL(/done=restored/);
    await readers(on.out, /^(?![^]*(One of them works|Not on paper))[^]*three others/);
}

async function evening() {
    const page = await tab();
    await page.goto(on.out);
    wrong.push(...await axeViolations(page));
    assert.deepEqual(wrong, []);
    for (const name of ['nina', 'editor', 'chief', 'admin', 'reader']) {
        const said = at_[name].complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|410 \(Gone\)/.test(text)); // both on purpose
        assert.deepEqual(said, [], name);
    }
}

run([
    ['day: invited, a second factor, signed in', morning],
    ['day: a story is written', written],
    ['day: with a photo', photographed],
    ['day: the connection is cut and comes back', tunnel],
    ['day: review', reviewed],
    ['day: two at once, nothing lost', two],
    ['day: no alt text, no publishing; then it is out, with the breaking line', published],
    ['day: scheduled', scheduled],
    ['day: live, entry by entry', live],
    ['day: corrected', corrected],
    ['day: translated', translated],
    ['day: a reader gives', given],
    ['day: the same without script', withoutScript],
    ['day: by keys alone', byKeys],
    ['day: what was scheduled came, and is taken down', takenDown],
    ['day: an earlier revision comes back', restored],
    ['day: axe, three widths, nothing complained of', evening],
]);
